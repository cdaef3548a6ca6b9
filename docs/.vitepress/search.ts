import type { DefaultTheme } from 'vitepress';

/** Who looks for `suspend` or for `zpool status` wants the method, not all that belongs to it. */
export const search: DefaultTheme.LocalSearchOptions = {
  miniSearch: {
    searchOptions: {
      // Runs in the browser: it can use nothing from here.
      boostDocument: (id: unknown) => {
        const page = String(id).replace(/(?:\.html)?(?:#.*)?$/, '');
        if (/^\/reference\/[\w-]+\/(?:classes|functions|interfaces|type-aliases|variables)\//.test(page)) return 0.5;
        return /^\/reference\/[\w-]+\/(?:\w+\/)?\w+$/.test(page) ? 3 : 1;
      },
    },
  },
};
