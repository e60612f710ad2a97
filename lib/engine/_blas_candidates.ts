import { readdirSync } from "node:fs";
import { variable } from "./_variable.ts";

/** Libraries to try, in this order. */
export interface BlasCandidates {
  /** Files, or names the system's loader knows. */
  paths: string[];
  /** Whether they come from `LECTURE_BLAS`. */
  override: boolean;
}

/** The files in a folder whose names match; none if the folder is not there or may not be read. */
function filesIn(folder: string, pattern: RegExp): string[] {
  if (Deno.permissions.querySync({ name: "read", path: folder }).state !== "granted") return [];
  try {
    return readdirSync(folder).filter((name) => pattern.test(name)).map((name) =>
      `${folder}/${name}`
    );
  } catch {
    return [];
  }
}

/** Where pip puts `scipy-openblas32` and NumPy's own library. */
function pythonLibraries(): string[] {
  const roots = ["/usr/local", variable("VIRTUAL_ENV"), variable("CONDA_PREFIX")];
  const home = variable("HOME");
  if (home) roots.push(`${home}/.local`, ...filesIn(`${home}/.pyenv/versions`, /^3\./));
  const packages = roots.flatMap((root) => root ? filesIn(`${root}/lib`, /^python3/) : [])
    .flatMap((python) => filesIn(python, /^(site|dist)-packages$/));
  return packages.flatMap((folder) => [
    ...filesIn(`${folder}/scipy_openblas32/lib`, /^libscipy_openblas.*\.(so|dylib|dll)$/),
    ...filesIn(`${folder}/scipy_openblas64/lib`, /^libscipy_openblas.*\.(so|dylib|dll)$/),
    ...filesIn(`${folder}/numpy.libs`, /^libscipy_openblas/),
  ]);
}

const BY_SYSTEM: Partial<Record<typeof Deno.build.os, string[]>> = {
  darwin: [
    "/System/Library/Frameworks/Accelerate.framework/Accelerate",
    "/opt/homebrew/opt/openblas/lib/libopenblas.dylib",
    "/usr/local/opt/openblas/lib/libopenblas.dylib",
  ],
  linux: ["libopenblas.so.0", "libmkl_rt.so.2", "libblis.so.4", "libblas.so.3"],
  windows: ["libopenblas.dll", "mkl_rt.2.dll"],
};

/** The libraries `LECTURE_BLAS` names, or all places where people have one. */
export function blasCandidates(): BlasCandidates {
  const chosen = variable("LECTURE_BLAS");
  if (chosen) return { paths: [chosen], override: true };
  const conda = variable("CONDA_PREFIX");
  const paths = [
    ...(conda ? filesIn(`${conda}/lib`, /^lib(openblas|mkl_rt)\.(so|dylib)/) : []),
    ...(BY_SYSTEM[Deno.build.os] ?? []),
    ...pythonLibraries(),
  ];
  return { paths, override: false };
}
