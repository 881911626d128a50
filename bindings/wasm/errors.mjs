// SPDX-License-Identifier: Apache-2.0
// What is thrown where input is wrong, whichever way the library is called.

export const STATUSES = ['ok', 'invalid_input', 'limit', 'misuse', 'no_memory', 'internal'];

/** Everything that was wrong with one call. */
export class TutelaError extends Error {
  constructor(status, message, diagnostics) {
    super(message);
    this.name = 'TutelaError';
    this.status = status;
    this.diagnostics = diagnostics;
  }
}

/** A finding about a column of a table, made here because no function of the library was asked yet. */
export function finding(code, pointer, what, mend) {
  return {code, severity: 0, line: 0, column: 0, file: '', pointer, what, mend};
}

/** One line for a log, as the library writes it. */
export function logLine({code, severity, line: row, column, file, pointer, what, mend}) {
  const at = file + (row > 0 ? `:${row}` : '') + (row > 0 && column > 0 ? `:${column}` : '');
  const place = [at, pointer].filter((part) => part !== '').join(' ');
  return `${place === '' ? '' : `${place}: `}${['error', 'warning', 'note'][severity]} TUT-${code}: ${what}${mend === '' ? '' : `; ${mend}`}`;
}

/** Throws one error with all findings, where there are any. */
export function refuseAll(findings) {
  if (findings.length > 0) throw new TutelaError('invalid_input', findings.map(logLine).join('\n'), findings);
}
