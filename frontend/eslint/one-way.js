import path from 'node:path';

const LAYERS = ['lib', 'components', 'features', 'app'];

/** Where a file stands: its layer, and of a feature the feature's name. Nothing for files outside of the layers. */
function place(file, root) {
  const [layer, name] = path.relative(root, file).split(path.sep);
  return LAYERS.includes(layer) ? { layer, feature: layer === 'features' ? name : undefined } : undefined;
}

function resolve(source, from, root) {
  if (source.startsWith('@/')) return path.join(root, source.slice(2));
  return source.startsWith('.') ? path.resolve(path.dirname(from), source) : undefined;
}

/** Why `from` may not import `to`; nothing when it may. */
export function fault(from, to) {
  if (!from || !to) return undefined;
  if (LAYERS.indexOf(to.layer) > LAYERS.indexOf(from.layer)) return `${from.layer} may not import from ${to.layer}`;
  if (from.feature && to.feature && from.feature !== to.feature)
    return `the feature ${from.feature} may not import from the feature ${to.feature}`;
  return undefined;
}

/** Tests, and what stands in a folder `testing`, of the app or of a feature, for them to share. */
const ofTests = (file) => /\.test(\.tsx?)?$|(^|\/)testing(\/|$)/.test(file.split(path.sep).join('/'));

/** Why a file of the app may not import what is there for tests; nothing when it may. Both from the folder `src`. */
export const faultOfTesting = (from, to) => (ofTests(to) && !ofTests(from) ? 'testing/ is for tests only' : undefined);

/** Imports point one way: app -> features -> components -> lib; features know nothing of each other. */
export default {
  meta: { type: 'problem', schema: [] },
  create(context) {
    const root = path.join(context.cwd, 'src');
    const file = context.filename;
    const from = place(file, root);
    if (!from || /\.test\.tsx?$/.test(file)) return {};
    const here = path.relative(root, file);
    const check = (node) => {
      if (typeof node.source?.value !== 'string') return;
      const target = resolve(node.source.value, file, root);
      if (!target) return;
      const why = fault(from, place(target, root)) ?? faultOfTesting(here, path.relative(root, target));
      if (why) context.report({ node, message: why });
    };
    return {
      ImportDeclaration: check,
      ExportNamedDeclaration: check,
      ExportAllDeclaration: check,
      ImportExpression: check,
    };
  },
};
