import { existsSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

/** Where the site is built. */
export const dist: string = path.join(import.meta.dirname, '..', 'docs', '.vitepress', 'dist');

const isFile = (file: string): boolean => existsSync(file) && statSync(file).isFile();

/** A site that is served. */
export interface ServedSite extends AsyncDisposable {
  readonly url: string;
}

/** Serves the site as its host does: `/guides/zfs` is the file `guides/zfs.html`. */
export async function serveSite(): Promise<ServedSite> {
  if (!existsSync(dist)) throw new Error('the site is not built: npm run docs');
  const server = createServer(({ url = '/' }, response) => {
    const place = path.join(dist, decodeURI(new URL(url, 'http://localhost').pathname));
    const file = [place, `${place}.html`, path.join(place, 'index.html')].find(isFile);
    if (file === undefined) return void response.writeHead(404).end();
    const type = types[path.extname(file)] ?? 'application/octet-stream';
    const cached = file.includes(`${path.sep}assets${path.sep}`) ? { 'cache-control': 'max-age=3600' } : {};
    response.writeHead(200, { 'content-type': type, ...cached }).end(readFileSync(file));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${String(port)}`,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
