import type { Json, JsonObject } from '../../domain/json.ts';
import type { ShapeProblem } from './reply-outcome.ts';

/** What a member of a body or of a query must look like, in the words of the OpenAPI document. */
export type Rule =
  | { readonly type: 'string' | 'object'; readonly nullable?: true; readonly required?: true }
  | {
      readonly type: 'enum';
      readonly values: readonly string[];
      readonly nullable?: true;
      readonly required?: true;
    }
  | { readonly type: 'number'; readonly required?: true }
  | {
      readonly type: 'integer';
      readonly min: number;
      readonly max?: number;
      readonly nullable?: true;
      readonly required?: true;
    };

export type Shape = Readonly<Record<string, Rule>>;

export const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Every problem of the members that `shape` names, and where others are forbidden, those. */
export function shapeProblems(
  where: 'body' | 'query',
  given: JsonObject,
  shape: Shape,
  others: 'forbidden' | 'ignored' = 'ignored',
): readonly ShapeProblem[] {
  const declared = Object.entries(shape).flatMap(([name, rule]) => {
    const value = Object.hasOwn(given, name) ? given[name] : undefined;
    const problem = memberProblem(value, rule);
    return problem === null ? [] : [{ loc: [where, name], ...problem }];
  });
  if (others === 'ignored') return declared;
  const accepted = Object.keys(shape).join(', ');
  const undeclared = Object.keys(given).filter((name) => !Object.hasOwn(shape, name));
  const msg = `Extra inputs are not permitted. Accepted: ${accepted}`;
  return [...declared, ...undeclared.map((name) => ({ loc: [where, name], msg, type: 'extra_forbidden' }))];
}

function memberProblem(value: Json | undefined, rule: Rule): Omit<ShapeProblem, 'loc'> | null {
  if (value === undefined) return rule.required ? { msg: 'Field required', type: 'missing' } : null;
  if (value === null && 'nullable' in rule) return null;
  switch (rule.type) {
    case 'string':
      return typeof value === 'string'
        ? null
        : { msg: 'Input should be a valid string', type: 'string_type' };
    case 'object':
      return isObject(value) ? null : { msg: 'Input should be a valid dictionary', type: 'dict_type' };
    case 'enum': {
      if (typeof value === 'string' && rule.values.includes(value)) return null;
      return { msg: `Input should be ${rule.values.map((word) => `'${word}'`).join(', ')}`, type: 'enum' };
    }
    case 'number':
      return typeof value === 'number' ? null : { msg: 'Input should be a valid number', type: 'float_type' };
    case 'integer':
      return integerProblem(value, rule.min, rule.max ?? Number.POSITIVE_INFINITY);
    default:
      return rule satisfies never;
  }
}

function integerProblem(value: Json, min: number, max: number): Omit<ShapeProblem, 'loc'> | null {
  if (typeof value !== 'number' || !Number.isInteger(value)) {
    return { msg: 'Input should be a valid integer', type: 'int_type' };
  }
  if (value < min)
    return { msg: `Input should be greater than or equal to ${min}`, type: 'greater_than_equal' };
  if (value > max) return { msg: `Input should be less than or equal to ${max}`, type: 'less_than_equal' };
  return null;
}
