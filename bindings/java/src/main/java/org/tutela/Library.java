// SPDX-License-Identifier: Apache-2.0
package org.tutela;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Function;

/** Where {@code libtutela_c} is: where a property says, inside the jar, or where the system looks for libraries. */
final class Library {
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
    if (!named.isEmpty()) return open.apply(named);
    try (InputStream inside = Library.class.getResourceAsStream(place())) {
      return inside == null ? open.apply("tutela_c") : unpacked(inside, open);
    } catch (IOException wrong) {
      throw new UncheckedIOException("the library inside the jar cannot be written into java.io.tmpdir", wrong);
    }
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
      return open.apply(library.toString());
    } catch (IllegalArgumentException | UnsatisfiedLinkError wrong) {
      String mend = "; name a folder where programs may run with -Djava.io.tmpdir, or a library with -Dtutela.library";
      throw (Error) new UnsatisfiedLinkError("the library inside the jar cannot be opened in " + folder + mend).initCause(wrong);
    } finally {
      Files.deleteIfExists(library);
      Files.delete(folder);
    }
  }
}
