import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Application, Converter, type Context } from 'typedoc';
import { MarkdownPageEvent, MarkdownRendererEvent, type MarkdownApplication } from 'typedoc-plugin-markdown';
import { ClientRouter } from './client-router.js';
import { frontMatterOf, MethodTheme } from './method-page.js';
import { menusOf } from './reference-menu.js';
import { root, withSiteLinks } from './site-links.js';

/** Where the pages of the reference are written. */
const out = path.join(root, 'docs', 'reference');

/** Names a module after its package, and begins its page with the README of that. */
function nameModules({ project }: Context): void {
  for (const module of project.children ?? []) {
    module.name = module.name.replace(/\/src(?:\/index)?(?=\/|$)/, '');
    if (module.name.includes('/')) continue;
    const file = `packages/${module.name}/README.md`;
    const text = withSiteLinks(readFileSync(path.join(root, file), 'utf8'), file, `docs/reference/${module.name}`);
    module.readme = [{ kind: 'text', text }];
  }
}

/** Says of each package in the list of them what it is. */
function withDescriptions(list: string): string {
  return list.replaceAll(/^- \[(?<name>[\w-]+)\]\(.*\)$/gm, (item: string, name: string) => {
    const manifest = JSON.parse(readFileSync(path.join(root, 'packages', name, 'package.json'), 'utf8')) as {
      readonly description: string;
    };
    return `${item}: ${manifest.description}`;
  });
}

/** Writes the pages of the reference and its menu. Whether nothing is wrong with them. */
export async function buildReference(): Promise<boolean> {
  const app = (await Application.bootstrapWithPlugins({
    options: path.join(root, 'typedoc.json'),
  })) as MarkdownApplication;
  app.converter.on(Converter.EVENT_RESOLVE_BEGIN, nameModules);
  app.renderer.defineRouter('client', ClientRouter);
  app.renderer.defineTheme('method', MethodTheme);
  app.renderer.on(MarkdownPageEvent.END, (page) => {
    const text = page.url === 'index.md' ? withDescriptions(page.contents) : page.contents;
    page.contents = `${frontMatterOf(page)}${text}`;
  });
  app.renderer.on(MarkdownRendererEvent.END, ({ pages }) => {
    writeFileSync(path.join(out, 'menu.json'), JSON.stringify(menusOf(pages)));
  });
  const project = await app.convert();
  if (project === undefined) return false;
  app.validate(project);
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  await app.generateOutputs(project);
  return !app.logger.hasErrors() && !app.logger.hasWarnings();
}
