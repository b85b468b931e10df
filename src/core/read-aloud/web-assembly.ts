/** A compiled program. */
export type Program = { readonly [isProgram]: true };
declare const isProgram: unique symbol;

/** A running program's exports, as far as a WASI command has them. */
export interface ProgramExports {
  readonly memory: { readonly buffer: ArrayBuffer };
  readonly _start: () => void;
}

/** The part of the WebAssembly interface that is used here: Node has it, and its types do not. */
interface WebAssemblyInterface {
  readonly Module: new (bytes: Uint8Array<ArrayBuffer>) => Program;
  readonly Instance: new (
    program: Program,
    imports: Readonly<Record<string, object>>,
  ) => { readonly exports: ProgramExports };
}

const { Module, Instance } = (globalThis as unknown as { readonly WebAssembly: WebAssemblyInterface })
  .WebAssembly;

/** Compiles a program. Throws if it is none. */
export function compile(bytes: Uint8Array<ArrayBuffer>): Program {
  return new Module(bytes);
}

/** Links a program with what it imports; it does not run yet. */
export function instantiate(program: Program, imports: Readonly<Record<string, object>>): ProgramExports {
  return new Instance(program, imports).exports;
}
