/* eslint-disable no-bitwise -- sets of bits, and flags of RE2 */
import { RE2JS } from 're2js';
import type { Range } from '../masking';

/** An instruction of a program of RE2, as `re2js` compiles it and declares it without a type. */
interface Instruction {
  readonly op: number;
  readonly out: number;
  /** Of an alternative the second way, of an assertion what must hold. */
  readonly arg: number;
  matchRune(rune: number): boolean;
}

/** Of RE2's operations those that this takes; the rest lead to the next instruction. */
const Op = { ALT: 1, ALT_MATCH: 2, EMPTY_WIDTH: 4, FAIL: 5, MATCH: 6, RUNE: 8, RUNE_ANY_NOT_NL: 11 } as const;
/** What holds between two characters. */
const Assertion = {
  BEGIN_LINE: 1, END_LINE: 2, BEGIN_TEXT: 4, END_TEXT: 8, WORD_BOUNDARY: 16, NO_WORD_BOUNDARY: 32,
} as const;
const LINE_FEED = 0x0A;

/**
 * A compiled pattern that finds all of its matches in time linear in the text's length. RE2 is linear for one match
 * only: each search may look at all that is left of the text before it settles for a short match. Here a first pass,
 * from the end, notes which instructions lead to a match from each place; the second, from the beginning, follows only
 * those, and so never looks beyond the match that it is in.
 */
export class Program {
  private readonly instructions: readonly Instruction[];
  private readonly start: number;
  /** For each instruction those that lead to it without a character, and those that do so by one. */
  private readonly leadingHere: readonly number[][];
  private readonly readingHere: readonly number[][];
  private readonly matches: readonly number[];

  public constructor(expression: RE2JS) {
    const { inst, start } = expression.re2Input.prog as {
      readonly inst: readonly Instruction[];
      readonly start: number;
    };
    this.instructions = inst;
    this.start = start;
    this.leadingHere = inst.map(() => []);
    this.readingHere = inst.map(() => []);
    this.matches = [...inst.keys()].filter(pc => inst[pc].op === Op.MATCH);
    inst.forEach((instruction, pc) => {
      if (instruction.op === Op.MATCH || instruction.op === Op.FAIL) return;
      (reads(instruction) ? this.readingHere : this.leadingHere)[instruction.out].push(pc);
      if (branches(instruction)) this.leadingHere[instruction.arg].push(pc);
    });
  }

  /** Whether it matches without a single character, in whatever surroundings. */
  public get matchesNothing(): boolean {
    const live = new Places(this.instructions.length, 1);
    this.lead(live, 0, [...this.matches], ~0);
    return live.has(0, this.start);
  }

  /**
   * The leftmost matches that have a character, one after the other; of those that begin together the one that a
   * backtracking search finds.
   */
  public find(text: string): Range[] {
    const runes = [...text].map(character => character.codePointAt(0)!);
    const live = this.livePlaces(runes);
    const found: Range[] = [];
    let offset = 0;
    for (let at = 0; at < runes.length;) {
      const end = live.has(at, this.start) ? this.endOfMatch(live, at) : at;
      const next = Math.max(end, at + 1);
      const start = offset;
      for (; at < next; at++) offset += runes[at] > 0xFFFF ? 2 : 1;
      if (end === next) found.push({ start, end: offset });
    }
    return found;
  }

  /** From which instructions, at which places, a match is reached. */
  private livePlaces(runes: readonly number[]): Places {
    const live = new Places(this.instructions.length, runes.length + 1);
    let behind: number[] = [];
    for (let at = runes.length; at >= 0; at--) {
      const here = [...this.matches];
      for (const pc of behind) {
        for (const reader of this.readingHere[pc]) {
          if (this.instructions[reader].matchRune(runes[at])) here.push(reader);
        }
      }
      this.lead(live, at, here, assertionsBetween(runes[at - 1], runes[at]));
      behind = here;
    }
    return live;
  }

  /** Notes what is live, and adds what leads there without a character. */
  private lead(live: Places, at: number, here: number[], holding: number): void {
    here.forEach(pc => live.add(at, pc));
    for (const pc of here) {
      for (const leading of this.leadingHere[pc]) {
        const { op, arg } = this.instructions[leading];
        if (live.has(at, leading) || op === Op.EMPTY_WIDTH && (arg & ~holding) !== 0) continue;
        live.add(at, leading);
        here.push(leading);
      }
    }
  }

  /** Where the preferred match that begins here ends. */
  private endOfMatch(live: Places, start: number): number {
    let end = start;
    let threads = [this.start];
    for (let at = start; threads.length > 0; at++) {
      const next: number[] = [];
      for (const pc of this.follow(threads, live, at)) {
        const instruction = this.instructions[pc];
        if (instruction.op === Op.MATCH) {
          // What comes after it is what a backtracking search would try only without it.
          end = at;
          break;
        }
        next.push(instruction.out);
      }
      threads = next;
    }
    return end;
  }

  /** Matches, and live instructions that read the character, in the order of preference. */
  private follow(threads: readonly number[], live: Places, at: number): number[] {
    const ordered: number[] = [];
    const seen = new Set<number>();
    const pending = [...threads].reverse();
    for (let pc = pending.pop(); pc !== undefined; pc = pending.pop()) {
      if (seen.has(pc) || !live.has(at, pc)) continue;
      seen.add(pc);
      const instruction = this.instructions[pc];
      if (instruction.op === Op.MATCH || reads(instruction)) {
        ordered.push(pc);
      } else {
        if (branches(instruction)) pending.push(instruction.arg);
        pending.push(instruction.out);
      }
    }
    return ordered;
  }
}

/** Instructions at places of a text: a set of bits. */
class Places {
  private readonly bits: Uint32Array;
  private readonly width: number;

  public constructor(instructions: number, places: number) {
    this.width = Math.ceil(instructions / 32);
    this.bits = new Uint32Array(this.width * places);
  }

  public add(place: number, pc: number): void {
    this.bits[place * this.width + (pc >>> 5)] |= 1 << (pc & 31);
  }

  public has(place: number, pc: number): boolean {
    return (this.bits[place * this.width + (pc >>> 5)] >>> (pc & 31) & 1) === 1;
  }
}

function reads({ op }: Instruction): boolean {
  return op >= Op.RUNE && op <= Op.RUNE_ANY_NOT_NL;
}

function branches({ op }: Instruction): boolean {
  return op === Op.ALT || op === Op.ALT_MATCH;
}

function assertionsBetween(before: number | undefined, after: number | undefined): number {
  return (before === undefined ? Assertion.BEGIN_TEXT : 0)
    | (before === undefined || before === LINE_FEED ? Assertion.BEGIN_LINE : 0)
    | (after === undefined ? Assertion.END_TEXT : 0)
    | (after === undefined || after === LINE_FEED ? Assertion.END_LINE : 0)
    | (isOfWord(before) === isOfWord(after) ? Assertion.NO_WORD_BOUNDARY : Assertion.WORD_BOUNDARY);
}

/** As RE2 has it: ASCII only. */
function isOfWord(rune: number | undefined): boolean {
  return rune !== undefined && rune < 0x80 && /\w/.test(String.fromCodePoint(rune));
}
