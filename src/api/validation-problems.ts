import { groupBy } from '../lib/group-by.ts';
import { isObject } from '../lib/is-object.ts';

type Segment = string | number;

/** Of entries, and of segments of a place: nobody reads more. */
const MOST = 100;

/** One entry of `detail` or of `validation_errors`. */
interface Problem {
  /** Null where the entry has no place. */
  readonly loc: readonly Segment[] | null;
  readonly type: string;
  readonly text: string;
  /** Which segments name a form of a union and no member: pydantic writes them in between. */
  readonly forms: readonly number[];
}

/**
 * `body.schedule_config.timezone: unknown zone; …`. Of a union, pydantic lists what is wrong with each of its forms:
 * only the one that was meant is shown, else the one that comes nearest.
 *
 * @param sent the body that is complained of; null where there was none
 */
export function describeProblems(entries: unknown, sent: object | null): string | null {
  if (typeof entries === 'string') return entries;
  if (!Array.isArray(entries) || entries.length === 0) return null;
  let problems = entries.slice(0, MOST).map((entry: unknown) => readProblem(entry, sent));
  const leftOut: string[] = [];
  for (let union = firstUnion(problems); union !== null; union = firstUnion(problems)) {
    const { place, forms } = union;
    const form = formMeant(union, sent);
    problems = problems.filter((one) => {
      const its = formAt(one, place);
      return its === null || its === form;
    });
    const others = forms.size - 1;
    leftOut.push(`${others} other ${others === 1 ? 'form' : 'forms'} of ${place.join('.')} left out`);
  }
  return [...new Set([...problems.map(({ text }) => text), ...leftOut])].join('; ');
}

function readProblem(entry: unknown, sent: object | null): Problem {
  if (!isObject(entry)) return { loc: null, type: '', text: String(entry), forms: [] };
  const where = entry['loc'] ?? entry['field'];
  const loc = Array.isArray(where)
    ? where.slice(0, MOST).map(asSegment)
    : typeof where === 'string'
      ? [where]
      : null;
  const what = entry['msg'] ?? entry['message'] ?? entry['type'];
  const said = typeof what === 'string' ? what : JSON.stringify(entry);
  const type = typeof entry['type'] === 'string' ? entry['type'] : '';
  const text = loc === null ? said : `${loc.join('.')}: ${said}`;
  return { loc, type, text, forms: loc === null ? [] : formsIn(loc, type, sent) };
}

/** What is no member of the value that was sent, and is not what is missing there either, is the name of a form. */
function formsIn(loc: readonly Segment[], type: string, sent: object | null): number[] {
  const forms: number[] = [];
  if (sent === null || loc[0] !== 'body') return forms;
  let value: unknown = sent;
  for (const [at, segment] of loc.entries()) {
    if (at === 0) continue;
    const last = at === loc.length - 1;
    if (hasMember(value, segment)) value = value[segment];
    else if (!last || !(type === '' || /missing|required/.test(type))) forms.push(at);
  }
  return forms;
}

interface Union {
  readonly place: readonly Segment[];
  /** What is wrong with each of its forms. */
  readonly forms: ReadonlyMap<Segment, readonly { readonly problem: Problem }[]>;
}

/** The outermost place with problems of more than one form. */
function firstUnion(problems: readonly Problem[]): Union | null {
  const named = problems.flatMap((problem) => {
    const { loc, forms } = problem;
    return forms.map((at) => ({ problem, place: loc?.slice(0, at) ?? [], form: loc?.[at] ?? '' }));
  });
  const unions = [...groupBy(named, ({ place }) => JSON.stringify(place)).values()].map((all) => ({
    place: all[0]?.place ?? [],
    forms: groupBy(all, ({ form }) => form),
  }));
  const several = unions.filter(({ forms }) => forms.size > 1);
  return several.sort((a, b) => a.place.length - b.place.length)[0] ?? null;
}

/** The form that a problem is about at a place; null where it is about none there. */
function formAt({ loc, forms }: Problem, place: readonly Segment[]): Segment | null {
  if (loc === null || !forms.includes(place.length)) return null;
  return place.every((segment, at) => loc[at] === segment) ? (loc[place.length] ?? null) : null;
}

/** The one that a type beside the value or in it names (`action_type` of `action_config`), else the nearest. */
function formMeant({ place, forms }: Union, sent: object | null): Segment | null {
  const types = typesAround(place, sent).map(plain);
  const named = [...forms.keys()].filter((form) => types.some((type) => plain(form).includes(type)));
  const [shortest] = named.sort((a, b) => plain(a).length - plain(b).length);
  const [nearest] = [...forms]
    .map(([form, all]) => ({ form, far: all.filter(({ problem }) => isOfShape(problem, place)).length, all }))
    .sort((a, b) => a.far - b.far || a.all.length - b.all.length);
  return shortest ?? nearest?.form ?? null;
}

/** Whether a problem says that what was sent has another shape altogether. */
function isOfShape({ type, loc }: Problem, place: readonly Segment[]): boolean {
  return /missing|required|extra/.test(type) || loc?.length === place.length + 1;
}

/** What members such as `action_type` say, of the value at a place and of what holds it. */
function typesAround(place: readonly Segment[], sent: object | null): string[] {
  const values: unknown[] = [sent];
  for (const segment of place.slice(1)) {
    const value = values.at(-1);
    if (hasMember(value, segment)) values.push(value[segment]);
  }
  return values
    .slice(-2)
    .filter(isObject)
    .flatMap(Object.entries)
    .flatMap(([name, word]) => (name.endsWith('_type') && typeof word === 'string' ? [word] : []));
}

function hasMember(value: unknown, name: Segment): value is Readonly<Record<Segment, unknown>> {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name);
}

function plain(text: Segment): string {
  return String(text)
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '');
}

function asSegment(value: unknown): Segment {
  return typeof value === 'number' ? value : String(value);
}
