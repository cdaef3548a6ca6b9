import { ReflectionKind, type DeclarationReflection, type PageDefinition, type Reflection, Slugger } from 'typedoc';
import { MemberRouter } from 'typedoc-plugin-markdown';

/** The interface that an interface's property has as its type. */
const typeOf = (property: DeclarationReflection): Reflection | undefined =>
  property.type?.type === 'reference' ? property.type.reflection : undefined;

/**
 * Whether this interface is the client of its module: `Zfs` of `zfs`, which `createZfs` makes. What
 * else a module makes, as `CommandRunner`, has a name of its own at its call site.
 */
const isClient = ({ name, parent }: Reflection): boolean =>
  parent?.isDeclaration() === true &&
  parent.name === name.toLowerCase() &&
  parent.children?.some((child) => child.name === `create${name}`) === true;

/** What methods of an interface are called by: `zfs` of `Zfs`, `zfs.pool` of its `pool`. */
function calledBy(owner: Reflection): string | undefined {
  if (!owner.kindOf(ReflectionKind.Interface) || owner.parent?.isDeclaration() !== true) return undefined;
  if (isClient(owner)) return owner.parent.name;
  for (const client of owner.parent.children?.filter(isClient) ?? []) {
    const part = client.children?.find((property) => typeOf(property) === owner);
    if (part !== undefined) return `${client.parent?.name ?? ''}.${part.name}`;
  }
  return undefined;
}

/** How a method of a client is called, as `zfs.pool.status`. Nothing for anything else. */
export function callOf(reflection: Reflection): string | undefined {
  const by = reflection.kindOf(ReflectionKind.Method) && reflection.parent ? calledBy(reflection.parent) : undefined;
  return by === undefined ? undefined : `${by}.${reflection.name}`;
}

/** The client that an interface of methods is a part of by being extended, as `SnapshotMethods`. */
function extendedByClient(reflection: Reflection): string | undefined {
  if (!reflection.isDeclaration() || !reflection.kindOf(ReflectionKind.Interface)) return undefined;
  const extending = reflection.extendedBy?.flatMap((type) => (type.reflection === undefined ? [] : [type.reflection]));
  return extending?.find(isClient)?.name;
}

/** Gives each method of a client a page of its own: `zfs/snapshot`, `zfs/pool/status`. */
export class ClientRouter extends MemberRouter {
  override buildChildPages(reflection: Reflection, outPages: PageDefinition[]): void {
    const client = extendedByClient(reflection);
    if (client !== undefined) {
      this.leadToClient(reflection, client);
      return;
    }
    const call = callOf(reflection);
    if (call === undefined) {
      super.buildChildPages(reflection, outPages);
      return;
    }
    const url = this.getFileName(call.replaceAll('.', '/'));
    this.fullUrls.set(reflection, url);
    this.sluggers.set(reflection, new Slugger(this.sluggerConfiguration));
    outPages.push({ kind: 'reflection', model: reflection, url });
    reflection.traverse((child) => {
      this.buildAnchors(child, reflection);
      return true;
    });
  }

  /** What a client extends has no page: its methods are those of the client. */
  private leadToClient(reflection: Reflection, client: string): void {
    const folder = reflection.parent?.name ?? '';
    this.fullUrls.set(reflection, `${folder}/interfaces/${client}${this.extension}`);
    reflection.traverse((child) => {
      this.fullUrls.set(child, `${folder}/${child.name}${this.extension}`);
      return true;
    });
  }
}
