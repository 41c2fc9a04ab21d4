import type { ProbeProperty } from './handlers/channel-flow-verification/properties';
import { checkContent } from './private/validation';

/**
 * A message that is sent through a channel flow to verify the flow.
 *
 * Its content is part of the template, and readable for everybody who can read the template.
 */
export class Probe {
  /**
   * The message must be delivered as it is.
   *
   * @param content content of the message, 1 to 4096 bytes
   */
  public static delivered(content: string): Probe {
    return new Probe({ Expect: 'DELIVERED', Content: content });
  }

  /**
   * The message must be delivered with another content.
   *
   * @param content content of the message, 1 to 4096 bytes
   * @param replacement the content that must be delivered instead
   */
  public static replaced(content: string, replacement: string): Probe {
    return new Probe({ Expect: 'REPLACED', Content: content, Replacement: replacement });
  }

  /**
   * The message must not be delivered, and it must be proven that its sender would see it if it were.
   *
   * @param content content of the message, 1 to 4096 bytes
   */
  public static denied(content: string): Probe {
    return new Probe({ Expect: 'DENIED', Content: content });
  }

  private constructor(private readonly property: ProbeProperty) {}

  /**
   * The same expectation of an edit: a message that is delivered first is then edited to the content of this probe. A
   * flow that looks at new messages only would let through what is edited in later.
   *
   * @param before content of the message before the edit, which the flow must deliver as it is
   */
  public asEditOf(before: string): Probe {
    return new Probe({ ...this.property, EditOf: before });
  }

  /**
   * @internal
   */
  public _render(): ProbeProperty {
    return this.property;
  }

  /**
   * What is wrong with the probe.
   *
   * @internal
   */
  public _validate(place: number): string[] {
    const { Content, Replacement, EditOf } = this.property;
    return [
      ...checkContent(`content of probe ${place}`, Content),
      ...Replacement === undefined ? [] : checkContent(`replacement of probe ${place}`, Replacement),
      ...EditOf === undefined ? [] : checkContent(`content before the edit of probe ${place}`, EditOf),
      ...Replacement === Content
        ? [`probe ${place} must be replaced by something else, got the same content twice: use Probe.delivered`]
        : [],
    ];
  }
}
