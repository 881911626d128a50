# The C sources of nanoarrow with its reader and writer of Arrow's IPC format, for the command-line program. No distribution
# has them as a package; they come as the source archive of the Python package of that name (docs/decisions/0018):
#   pip download --no-deps --no-binary nanoarrow nanoarrow==0.9.0
set(TUTELA_NANOARROW "" CACHE FILEPATH "nanoarrow-0.9.0.tar.gz: the command-line program reads and writes Arrow files")
set(nanoarrow_digest 1ce15bbed8532839347faa78824c5dbd3769bff60661003e34c6fba5dd881bd3)

# Adds the library tutela_nanoarrow where the archive is given.
function(tutela_add_nanoarrow)
  if(NOT TUTELA_NANOARROW)
    return()
  endif()
  file(SHA256 "${TUTELA_NANOARROW}" found)
  if(NOT found STREQUAL nanoarrow_digest)
    message(FATAL_ERROR "${TUTELA_NANOARROW} is not the archive of nanoarrow 0.9.0: its SHA-256 is ${found}")
  endif()
  set(folder "${PROJECT_BINARY_DIR}/nanoarrow")
  set(sources "${folder}/nanoarrow-0.9.0/subprojects/arrow-nanoarrow/src")
  set(flatcc "${folder}/nanoarrow-0.9.0/subprojects/flatcc-fd3c4ae5cd39f0651eda6a3a1a374278070135d6")
  if(NOT EXISTS "${sources}")
    file(ARCHIVE_EXTRACT INPUT "${TUTELA_NANOARROW}" DESTINATION "${folder}")
  endif()
  set(NANOARROW_VERSION_MAJOR 0)
  set(NANOARROW_VERSION_MINOR 9)
  set(NANOARROW_VERSION_PATCH 0)
  set(NANOARROW_VERSION 0.9.0)
  set(NANOARROW_NAMESPACE_DEFINE "#define NANOARROW_NAMESPACE TutelaCli")
  configure_file("${sources}/nanoarrow/nanoarrow_config.h.in" "${folder}/include/nanoarrow/nanoarrow_config.h")
  add_library(tutela_nanoarrow STATIC
    "${sources}/nanoarrow/common/array.c" "${sources}/nanoarrow/common/array_stream.c"
    "${sources}/nanoarrow/common/schema.c" "${sources}/nanoarrow/common/utils.c"
    "${sources}/nanoarrow/ipc/codecs.c" "${sources}/nanoarrow/ipc/decoder.c" "${sources}/nanoarrow/ipc/encoder.c"
    "${sources}/nanoarrow/ipc/reader.c" "${sources}/nanoarrow/ipc/writer.c"
    "${flatcc}/src/runtime/builder.c" "${flatcc}/src/runtime/emitter.c" "${flatcc}/src/runtime/refmap.c"
    "${flatcc}/src/runtime/verifier.c")
  target_include_directories(tutela_nanoarrow SYSTEM PUBLIC "${sources}" "${folder}/include" PRIVATE "${flatcc}/include")
  # Warnings of others' sources are theirs to mend.
  target_compile_options(tutela_nanoarrow PRIVATE -w)
  set_target_properties(tutela_nanoarrow PROPERTIES C_STANDARD 11 C_EXTENSIONS ON)
endfunction()
