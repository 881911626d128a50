// SPDX-License-Identifier: Apache-2.0
package org.tutela;

/**
 * For whom and how to explain an answer.
 *
 * @param decide how it is asked
 * @param reader for whom
 * @param language {@code en}, {@code ro}, {@code uk} or {@code ru}
 * @param age of the child in completed years, 0 to 17; null but for the child
 * @param contact whom the reader can turn to, as it is printed; may be empty
 * @param form how it is written
 */
public record ExplainOptions(DecideOptions decide, Reader reader, String language, Integer age, String contact, Form form) {
  /** For whom an explanation is written. The order is that of {@code tutela_reader}. */
  public enum Reader {
    /** The named person who decides: everything, with values, rules and sources. */
    OFFICER,
    /** The parents or representatives: the household's own data, where to turn. */
    FAMILY,
    /** The child: short sentences for the age; nothing about violence. */
    CHILD
  }

  /** How an explanation is written. The order is that of {@code tutela_explanation_form}. */
  public enum Form {
    /** Lines of plain text. */
    TEXT,
    /** A fragment of HTML that stands alone. */
    HTML,
    /** The same lines as JSON; for the officer also the typed proof. */
    JSON
  }

  private static final int BYTES = 56;

  /** For the officer, as text. */
  public ExplainOptions(java.time.LocalDate on, String language) {
    this(new DecideOptions(on), Reader.OFFICER, language, null, "", Form.TEXT);
  }

  /** The same for the family. */
  public ExplainOptions forFamily(String contact) {
    return new ExplainOptions(decide, Reader.FAMILY, language, null, contact, form);
  }

  /** The same for a child of that age. */
  public ExplainOptions forChild(int age, String contact) {
    return new ExplainOptions(decide, Reader.CHILD, language, age, contact, form);
  }

  /** The same in another form. */
  public ExplainOptions as(Form other) {
    return new ExplainOptions(decide, reader, language, age, contact, other);
  }

  /** A {@code tutela_explain_options}; it lives as long as the frame. */
  long write(Frame frame) {
    long place = frame.room(BYTES);
    Calls.putInt(place, BYTES);
    Calls.putInt(place + 4, reader.ordinal());
    Calls.putInt(place + 8, form.ordinal());
    Calls.putInt(place + 12, age == null ? -1 : age);
    frame.putView(place + 16, language);
    frame.putView(place + 32, contact);
    Calls.putLong(place + 48, decide.write(frame));
    return place;
  }
}
