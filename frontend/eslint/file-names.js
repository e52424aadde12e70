import path from 'node:path';

/** Files are named in kebab-case. */
export default {
  meta: { type: 'problem', schema: [] },
  create(context) {
    const name = path.basename(context.filename);
    return {
      Program(node) {
        if (!/^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z]+)+$/.test(name))
          context.report({ node, message: `${name} is not kebab-case` });
      },
    };
  },
};
