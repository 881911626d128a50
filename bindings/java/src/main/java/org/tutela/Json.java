// SPDX-License-Identifier: Apache-2.0
package org.tutela;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One value of a JSON text that the library wrote, as far as the records of this package need it. Numbers stay text, so that
 * no digit is lost. It is not meant for texts of others: those go to the library, which says what is wrong with them.
 */
final class Json {
  private final String text;
  private final Map<String, Json> members = new LinkedHashMap<>();
  private final List<Json> elements = new ArrayList<>();

  private Json(Reader reader) {
    reader.blank();
    int start = reader.place;
    switch (reader.next()) {
      case '{' -> {
        for (reader.skip('{'); reader.next() != '}'; reader.separator()) {
          String key = new Json(reader).string();
          reader.skip(':');
          members.put(key, new Json(reader));
        }
        reader.skip('}');
      }
      case '[' -> {
        for (reader.skip('['); reader.next() != ']'; reader.separator()) elements.add(new Json(reader));
        reader.skip(']');
      }
      case '"' -> reader.quoted();
      default -> reader.word();
    }
    text = reader.text.substring(start, reader.place);
  }

  static Json read(String text) {
    return new Json(new Reader(text));
  }

  /** The value as it is written. */
  @Override
  public String toString() {
    return text;
  }

  /** The member of an object; null where it has none of that name. */
  Json get(String key) {
    return members.get(key);
  }

  /** The members of an object, in the order in which they are written. */
  Map<String, Json> members() {
    return members;
  }

  boolean isNull() {
    return text.equals("null");
  }

  boolean isTrue() {
    return text.equals("true");
  }

  List<Json> list() {
    return elements;
  }

  List<String> strings() {
    return elements.stream().map(Json::string).toList();
  }

  /** The words of several languages by their codes; empty where there are none. */
  static Map<String, String> texts(Json given) {
    Map<String, String> texts = new LinkedHashMap<>();
    if (given != null) given.members.forEach((language, words) -> texts.put(language, words.string()));
    return java.util.Collections.unmodifiableMap(texts);
  }

  /** The characters of a string; null for null. */
  String string() {
    if (isNull()) return null;
    StringBuilder characters = new StringBuilder();
    for (int i = 1; i < text.length() - 1; ++i) {
      char unit = text.charAt(i);
      if (unit != '\\') {
        characters.append(unit);
        continue;
      }
      char escaped = text.charAt(++i);
      switch (escaped) {
        case 'b' -> characters.append('\b');
        case 'f' -> characters.append('\f');
        case 'n' -> characters.append('\n');
        case 'r' -> characters.append('\r');
        case 't' -> characters.append('\t');
        case 'u' -> {
          characters.append((char) Integer.parseInt(text.substring(i + 1, i + 5), 16));
          i += 4;
        }
        default -> characters.append(escaped);
      }
    }
    return characters.toString();
  }

  /** Where the reading stands. */
  private static final class Reader {
    private final String text;
    private int place;

    Reader(String text) {
      this.text = text;
    }

    void blank() {
      while (Character.isWhitespace(text.charAt(place))) ++place;
    }

    char next() {
      blank();
      return text.charAt(place);
    }

    void skip(char wanted) {
      if (next() != wanted) throw new IllegalStateException("the library wrote no JSON at " + place);
      ++place;
    }

    void separator() {
      if (next() == ',') ++place;
    }

    void quoted() {
      while (text.charAt(++place) != '"') if (text.charAt(place) == '\\') ++place;
      ++place;
    }

    void word() {
      while (place < text.length() && ",]} \n".indexOf(text.charAt(place)) < 0) ++place;
    }
  }
}
