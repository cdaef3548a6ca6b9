import type { DefaultTheme } from 'vitepress';

/** The pages of types, of what builds commands, and of what reads their output. */
const ofParts = /^reference\/[\w-]+\/(?:\w+\/)?(?:classes|functions|interfaces|type-aliases|variables)\//;

/** Who looks for `suspend` or for `zpool status` wants the method, not all that belongs to it. */
export const search: DefaultTheme.LocalSearchOptions = {
  // Of a part what it is: its fields are told with the methods that take them. It keeps the index
  // small.
  _render: (source, env, markdown) => {
    const { relativePath } = env as { readonly relativePath: string };
    return markdown.render(ofParts.test(relativePath) ? source.replace(/\n## [\s\S]*$/, '\n') : source, env);
  },
  miniSearch: {
    searchOptions: {
      // Runs in the browser: it can use nothing from here.
      boostDocument: (id: unknown) => {
        const page = String(id).replace(/(?:\.html)?(?:#.*)?$/, '');
        // What is called by its name, as a recipe: it has a type of the same name.
        if (/\/functions\/(?!parse[A-Z]|\w+Command$)/.test(page)) return 3;
        if (/\/(?:classes|functions|interfaces|type-aliases|variables)\//.test(page)) return 0.5;
        return /^\/reference\/[\w-]+\/(?:\w+\/)?\w+$/.test(page) ? 6 : 1;
      },
    },
  },
};
