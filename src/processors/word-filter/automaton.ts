/* eslint-disable no-bitwise -- flags and hashes of typed arrays */
/**
 * At hand: in the contexts of node:vm, as tests have them, to ask for a global takes longer than all the rest of a
 * step.
 */
const { imul } = Math;

/**
 * Finds any of many sequences of code points in one pass over a text (Aho and Corasick, 1975). Edges are in one hash
 * table, and nodes in typed arrays: ten thousand words are built in milliseconds, and read without an allocation.
 */
export class Automaton {
  /**
   * For each node: its length as a sequence; which sequence it is, plus one; the longest shorter node that ends like
   * it, any and whole.
   */
  public readonly depths: Int32Array;
  public readonly sequences: Int32Array;
  public readonly shorter: Int32Array;
  private readonly fallbacks: Int32Array;
  private readonly fromNodes: Int32Array;
  private readonly byUnits: Int32Array;
  private readonly toNodes: Int32Array;
  private readonly mask: number;
  /** Where the first units lead, of those in the basic plane: most units of a text begin nothing. */
  private readonly first = new Int32Array(0x10000);
  private nodes = 1;

  public constructor(sequences: readonly Int32Array[]) {
    const most = sequences.reduce((sum, { length }) => sum + length, 1);
    let size = 16;
    while (size < most * 2) size *= 2;
    this.mask = size - 1;
    this.fromNodes = new Int32Array(size);
    this.byUnits = new Int32Array(size);
    this.toNodes = new Int32Array(size);
    this.depths = new Int32Array(most);
    this.sequences = new Int32Array(most);
    this.shorter = new Int32Array(most);
    this.fallbacks = new Int32Array(most);
    const [parents, units] = [new Int32Array(most), new Int32Array(most)];
    sequences.forEach((sequence, index) => {
      let node = 0;
      for (const unit of sequence) node = this.edge(node, unit) || this.addEdge(node, unit, parents, units);
      this.sequences[node] ||= index + 1;
    });
    this.connect(parents, units);
  }

  /** Where a unit leads from a node; the node 0 is the beginning. */
  public next(node: number, unit: number): number {
    for (let from = node; from !== 0; from = this.fallbacks[from]) {
      const to = this.edge(from, unit);
      if (to !== 0) return to;
    }
    return unit < 0x10000 ? this.first[unit] : this.edge(0, unit);
  }

  private slot(node: number, unit: number): number {
    let slot = (imul(node, 0x9E3779B1) ^ imul(unit + 1, 0x85EBCA6B));
    slot = (slot ^ slot >>> 15) & this.mask;
    while (this.toNodes[slot] !== 0
      && (this.fromNodes[slot] !== node || this.byUnits[slot] !== unit)) slot = slot + 1 & this.mask;
    return slot;
  }

  private edge(node: number, unit: number): number {
    return this.toNodes[this.slot(node, unit)];
  }

  private addEdge(node: number, unit: number, parents: Int32Array, units: Int32Array): number {
    const slot = this.slot(node, unit);
    const to = this.nodes++;
    this.fromNodes[slot] = node;
    this.byUnits[slot] = unit;
    this.toNodes[slot] = to;
    this.depths[to] = this.depths[node] + 1;
    parents[to] = node;
    units[to] = unit;
    if (node === 0 && unit < 0x10000) this.first[unit] = to;
    return to;
  }

  /** Level by level: where a node falls back to is nearer to the beginning. */
  private connect(parents: Int32Array, units: Int32Array): void {
    for (const node of this.byDepth()) {
      const parent = parents[node];
      const fallback = parent === 0 ? 0 : this.next(this.fallbacks[parent], units[node]);
      this.fallbacks[node] = fallback;
      this.shorter[node] = this.sequences[fallback] !== 0 ? fallback : this.shorter[fallback];
    }
  }

  private byDepth(): Int32Array {
    const counts: number[] = [];
    for (let node = 1; node < this.nodes; node++) counts[this.depths[node]] = (counts[this.depths[node]] ?? 0) + 1;
    let sum = 0;
    const places = counts.map(count => (sum += count) - count);
    const order = new Int32Array(this.nodes - 1);
    for (let node = 1; node < this.nodes; node++) order[places[this.depths[node]]++] = node;
    return order;
  }
}
