// The package's reference in Markdown, from the declarations that ship with it.
// `tests/journeys/npm.mjs` keeps REFERENCE.md current.

const HEAD = `# Reference of the package

Generated from the package's TypeScript declarations. What a scenario can say is in the guide's chapter of verbs (\`docs/guide/verbs.md\` in the repository); the types of its JSON form, \`Scenario\` and those that it is made of, are in the declarations themselves.
`;

/** The words of a doc comment; nothing if there is none. */
function words(comment) {
  if (comment === undefined) return "";
  const [told] = comment.replace(/^\s*\/\*\*|\*\/\s*$/g, "").split(/@(?:param|returns)/);
  const lines = told.split("\n");
  return lines
    .map((line) => line.replace(/^\s*\*?\s?/, "").trim())
    .filter((line) => line !== "")
    .join(" ");
}

/** The members of a block: each declaration with the comment that stands before it. */
function members(block) {
  const found = [];
  for (const [, comment, declaration] of `${block}\n`.matchAll(
    /(\/\*\*[\s\S]*?\*\/)?\s*((?:\[|[A-Za-z])[^\n]*);\n/g,
  )) {
    found.push({ says: words(comment), is: declaration });
  }
  return found;
}

const BLOCK = /(\/\*\*(?:(?!\*\/)[\s\S])*\*\/)?\s*export (class|interface) (\w+) \{\n([\s\S]*?)\n\}/g;
const FUNCTION = /(\/\*\*(?:(?!\*\/)[\s\S])*\*\/)?\s*export (?:default )?function (\w+[ ]?\([^\n]*);\n/g;

/** What wasm-bindgen adds for itself. */
const INNER = /^(private|free\(|\[Symbol|constructor\(\): )/;

function list(block) {
  const told = members(block).filter(({ is }) => !INNER.test(is));
  const line = ({ is, says }) => `- \`${is}\`${says && `: ${says}`}`;
  return told.map(line).join("\n");
}

/** The reference as Markdown. */
export function reference(types) {
  const blocks = [...types.matchAll(BLOCK)];
  const of = (kind) =>
    blocks
      .filter(([, , it, name]) => it === kind && !/^Init/.test(name))
      .map(([, comment, , name, block]) => `### ${name}\n\n${words(comment)}\n\n${list(block)}\n`)
      .sort();
  const functions = [...types.matchAll(FUNCTION)].map(
    ([, comment, signature]) => `- \`${signature.replace(/^__wbg_init ?/, "init")}\`: ${words(comment)}`,
  );
  return [
    HEAD,
    "## Classes\n",
    ...of("class"),
    `## Functions\n\n${functions.sort().join("\n")}\n`,
    "## Types\n",
    ...of("interface"),
  ].join("\n");
}
