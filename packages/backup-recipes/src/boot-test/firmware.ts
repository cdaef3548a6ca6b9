import { bootFolder } from './names.js';
import { element, find, type XmlNode } from './xml-tree.js';

/**
 * Keeps the guest's firmware from being written to. Where its variables are in a file of their own,
 * the firmware itself is only read.
 */
function loaderNode(loader: XmlNode, os: XmlNode): XmlNode {
  const { attributes } = loader;
  if (attributes['type'] !== 'pflash' || find(os, 'nvram') === undefined) return loader;
  return { ...loader, attributes: { ...attributes, readonly: 'yes' } };
}

/** A firmware that has its variables in itself would be written to: that of the host's guest. */
export function firmwareProblems(os: XmlNode | undefined): string[] {
  const loader = find(os, 'loader');
  if (os === undefined || loader === undefined) return [];
  const { readonly, type } = loaderNode(loader, os).attributes;
  if (type !== 'pflash' || readonly === 'yes') return [];
  return [
    `it writes to its firmware ${loader.text.trim()}, which is not in the backup: give it one that is read-only, with its variables in a file of their own (virsh edit: <loader readonly='yes'> and <nvram>)`,
  ];
}

/** How the guest boots, with variables of its own. */
export function bootNode(os: XmlNode, runId: string): XmlNode {
  const kept = ['type', 'loader', 'nvram', 'kernel', 'initrd', 'cmdline', 'dtb', 'boot', 'firmware'];
  const children = os.children.filter(({ name }) => kept.includes(name));
  return {
    ...os,
    children: children.map((child) => {
      if (child.name === 'loader') return loaderNode(child, os);
      if (child.name !== 'nvram') return child;
      // The host's own would be written to: it gets a new one, made from the same template.
      const { template, templateFormat } = child.attributes;
      return {
        ...element('nvram', {}, `${bootFolder(runId)}/nvram`),
        attributes: {
          ...(template !== undefined && { template }),
          ...(templateFormat !== undefined && { templateFormat }),
        },
      };
    }),
  };
}
