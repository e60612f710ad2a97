/// <reference lib="dom" />

/** The element of the page with this id. */
export function byId<E extends HTMLElement>(id: string): E {
  return document.getElementById(id) as E;
}
