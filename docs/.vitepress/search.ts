import type { DefaultTheme } from 'vitepress';

/** The pages of types, of what builds commands, and of what reads their output. */
const ofParts = /^reference\/[\w-]+\/(?:\w+\/)?(?:classes|functions|interfaces|type-aliases|variables)\//;

/**
 * Who looks for `suspend` or for `zpool status` wants the method, not all that belongs to it. Who
 * looks for anything else, as "email on failure", wants the guide and not each method that says so.
 */
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
      boostDocument: (id: unknown, term: string) => {
        const page = String(id).replace(/(?:\.html)?(?:#.*)?$/, '');
        const isNamed = (name: string): boolean =>
          [name, ...name.split(/(?=[A-Z])/)].some((word) => word.toLowerCase() === term);
        // What is called by its name, as a recipe: it has a type of the same name.
        const called = /\/functions\/(?!parse[A-Z]|\w+Command$)(\w+)$/.exec(page)?.[1];
        if (called !== undefined) return isNamed(called) ? 3 : 1;
        if (/\/(?:classes|functions|interfaces|type-aliases|variables)\//.test(page)) return 0.5;
        const method = /^\/reference\/[\w-]+\/(?:\w+\/)?(\w+)$/.exec(page)?.[1];
        if (method !== undefined) return isNamed(method) ? 6 : 2;
        return /^\/(?:guides|reference\/backup-recipes)\//.test(page) ? 2 : 1;
      },
    },
  },
};
