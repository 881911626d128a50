// SPDX-License-Identifier: Apache-2.0
package org.tutela;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Function;

/** Where {@code libtutela_c} is: where a property says, inside the jar, or where the system looks for libraries. */
final class Library {
  private static final String ANOTHER_FOLDER =
      "; name a folder where programs may run with -Djava.io.tmpdir, or a library with -Dtutela.library";

  private Library() {}

  /**
   * Opens the library. One from the jar is written into a new folder of {@code java.io.tmpdir} that only this user can
   * read, and is deleted again as soon as it is open.
   *
   * @param open opens the library at a path, or by its plain name {@code tutela_c}
   * @return what {@code open} gave
   */
  static <T> T opened(Function<String, T> open) {
    String named = System.getProperty("tutela.library", "");
    if (!named.isEmpty()) return tried(open, named, "the library " + named + " that -Dtutela.library names cannot be opened");
    try (InputStream inside = Library.class.getResourceAsStream(place())) {
      if (inside != null) return unpacked(inside, open);
      String wrong = "the jar has no " + place() + " inside, and the system finds no " + System.mapLibraryName("tutela_c");
      return tried(open, "tutela_c", wrong + "; take a jar that ./dev package java made, or name the library with -Dtutela.library");
    } catch (IOException wrong) {
      String folder = System.getProperty("java.io.tmpdir");
      throw notOpened("the library inside the jar cannot be written into " + folder + ANOTHER_FOLDER, wrong);
    }
  }

  private static <T> T tried(Function<String, T> open, String path, String wrong) {
    try {
      return open.apply(path);
    } catch (IllegalArgumentException | UnsatisfiedLinkError cause) {
      throw notOpened(wrong, cause);
    }
  }

  /** An error, not an exception: it is thrown while a class is made ready, where only an error keeps its message. */
  private static Error notOpened(String wrong, Throwable cause) {
    return (Error) new UnsatisfiedLinkError(wrong).initCause(cause);
  }

  /** The library for this machine, as it is called in the jar. */
  private static String place() {
    String machine = System.getProperty("os.arch").replace("amd64", "x86_64");
    String system = System.getProperty("os.name").toLowerCase(Locale.ROOT).replace(' ', '_');
    return "native/" + system + "-" + machine + "/" + System.mapLibraryName("tutela_c");
  }

  private static <T> T unpacked(InputStream inside, Function<String, T> open) throws IOException {
    Path folder = Files.createTempDirectory("tutela");
    Path library = folder.resolve(System.mapLibraryName("tutela_c"));
    try {
      Files.copy(inside, library);
      return tried(open, library.toString(), "the library inside the jar cannot be opened in " + folder + ANOTHER_FOLDER);
    } finally {
      Files.deleteIfExists(library);
      Files.delete(folder);
    }
  }
}
