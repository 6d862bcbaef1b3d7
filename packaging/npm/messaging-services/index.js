export { createEmulator } from "./lib/emulator.js";
export { EmulatorError } from "./lib/errors.js";
