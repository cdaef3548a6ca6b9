import { defineConfig, type DefaultTheme, type UserConfig } from 'vitepress';
import { cellLabels } from './cell-labels.js';
import { codeLinks } from './code-links.js';
import { menus, navigation } from './menu.js';
import { repositoryLinks } from './repository-links.js';
import { search } from './search.js';

const config: UserConfig<DefaultTheme.Config> = defineConfig({
  title: 'quiesce',
  description: 'Typed clients for virsh, LVM2, ZFS and rsync, and backups of running KVM guests from LVM to ZFS',
  lang: 'en',
  cleanUrls: true,
  // The menus once, and not in each page.
  metaChunk: true,
  head: [['link', { rel: 'icon', href: '/icon.svg', type: 'image/svg+xml' }]],
  markdown: {
    config: (markdown) => {
      repositoryLinks(markdown);
      codeLinks(markdown);
      cellLabels(markdown);
    },
    // Their letters differ enough from the ground: axe measures it.
    theme: { light: 'github-light-high-contrast', dark: 'github-dark-high-contrast' },
  },
  themeConfig: {
    logo: '/icon.svg',
    nav: navigation(),
    sidebar: menus(),
    outline: { level: [2, 3] },
    search: { provider: 'local', options: search },
    socialLinks: [{ icon: 'github', link: 'https://github.com/quiesce/quiesce' }],
    docFooter: { prev: false, next: false },
  },
});

export default config;
