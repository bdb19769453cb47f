// Prints every sentence of the source that a user can meet, as file:line and text, to be read aloud:
// each string or template that holds at least two words. Usage: npm run messages [-- FOLDER …]
import { readdirSync, readFileSync } from 'node:fs';
import ts from 'typescript';

const folders = process.argv.length > 2 ? process.argv.slice(2) : ['src'];
const files = folders.flatMap((folder) =>
  readdirSync(folder, { recursive: true }).map((name) => `${folder}/${name}`),
);
const TWO_WORDS = /[A-Za-z]{2,}[,.:;)”"'’]* \(?[A-Za-z]{2,}|\$\{…\} [a-z]{2,}|[a-z]{2,} \$\{…\}/;

const textOf = (node) => {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (!ts.isTemplateExpression(node)) return undefined;
  return node.head.text + node.templateSpans.map((span) => `\${…}${span.literal.text}`).join('');
};

for (const file of files.filter((name) => name.endsWith('.ts')).sort()) {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
  const visit = (node) => {
    if (ts.isImportDeclaration(node) || ts.isTypeNode(node)) return;
    const text = textOf(node);
    if (text !== undefined && TWO_WORDS.test(text)) {
      const { line } = source.getLineAndCharacterOfPosition(node.getStart());
      console.log(`${file}:${line + 1}  ${text.replaceAll('\n', '\\n')}`);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
}
