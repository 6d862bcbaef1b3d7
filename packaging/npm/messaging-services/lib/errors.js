/** Says what failed, and what to do. */
export class EmulatorError extends Error {
  name = "EmulatorError";

  /**
   * @param {string} message
   * @param {{ status?: number, code?: number }} [response] Of a refused request.
   */
  constructor(message, { status, code } = {}) {
    super(message);
    this.status = status;
    this.code = code;
  }
}
