/** Kinds of permission a test may need; `deno test -P` grants them. */
export type Permission = Deno.PermissionName;

/** Whether all of these permissions were granted: as much of them as the tests' set gives. */
export function isGranted(...names: Permission[]): boolean {
  return names.every((name) => Deno.permissions.querySync(descriptor(name)).state === "granted");
}

function descriptor(name: Permission): Deno.PermissionDescriptor {
  if (name === "run") return { name, command: "deno" };
  return name === "net" ? { name, host: "127.0.0.1" } : { name };
}

/** A test that is ignored, and says why in its name, unless the permissions are granted. */
export function permittedTest(
  name: string,
  permissions: readonly Permission[],
  run: (test: Deno.TestContext) => void | Promise<void>,
): void {
  if (isGranted(...permissions)) Deno.test(name, run);
  else Deno.test.ignore(`${name} (needs permission: deno test -P)`, run);
}
