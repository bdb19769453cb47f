// rolldown has a file export by getters, one function each, since what is exported could change. Nearly nothing does:
// set as a plain member, the 270 exports of the file of a plan load 2 ms sooner.
import ts from 'typescript';

/** As rolldown writes it, at the end of a file. */
const GETTER =
  /^Object\.defineProperty\(exports, "([\w$]+)", \{\n\s+enumerable: true,\n\s+get: function ?\(\) \{\n\s+return ([\w$]+);\n\s+\}\n\}\);$/gm;

/** @param code what rolldown made of a file */
export function plainExports(code) {
  const [first] = code.matchAll(GETTER);
  // Set before all else is run, a member would be what it is not yet.
  if (first === undefined || code.slice(first.index).replace(GETTER, '').trim() !== '') return code;
  const changing = assignedIn(code);
  return code.replace(GETTER, (getter, name, local) =>
    changing.has(local) ? getter : `exports.${name} = ${local};`,
  );
}

/** Every name that is assigned to somewhere, whatever it means there. */
function assignedIn(code) {
  const names = new Set();
  const addAll = (node) => {
    if (ts.isIdentifier(node)) names.add(node.text);
    else ts.forEachChild(node, addAll);
  };
  const visit = (node) => {
    if (ts.isBinaryExpression(node) && ts.isAssignmentOperator(node.operatorToken.kind)) addAll(node.left);
    if (ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node)) addAll(node.operand);
    if (ts.isForInStatement(node) || ts.isForOfStatement(node)) addAll(node.initializer);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile('file.js', code, ts.ScriptTarget.Latest));
  return names;
}
