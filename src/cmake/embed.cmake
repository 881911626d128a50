# Text files as constants of the compiled library, so that it needs no file at run time.
#   tutela_embed(OUTPUT NAMESPACE FILE...)
# Writes OUTPUT, a C++ source that defines for each FILE (relative to the current source folder) one
# `std::string_view const NAME` in `tutela::detail::NAMESPACE`; NAME is the file's name with `_` for every other sign.
# Declare the constants as `extern` where they are used.
set(TUTELA_EMBED_SCRIPT "${CMAKE_CURRENT_LIST_FILE}")

function(tutela_embed output namespace)
  list(TRANSFORM ARGN PREPEND "${CMAKE_CURRENT_SOURCE_DIR}/" OUTPUT_VARIABLE files)
  add_custom_command(OUTPUT "${output}"
    COMMAND ${CMAKE_COMMAND} "-DOUTPUT=${output}" "-DNAMESPACE=${namespace}" "-DFILES=${files}" -P "${TUTELA_EMBED_SCRIPT}"
    DEPENDS ${files} "${TUTELA_EMBED_SCRIPT}" VERBATIM)
endfunction()

if(CMAKE_SCRIPT_MODE_FILE)
  set(content "#pragma GCC diagnostic ignored \"-Woverlength-strings\"\n#include <string_view>\n\nnamespace tutela::detail::${NAMESPACE} {\n\n")
  foreach(file IN LISTS FILES)
    get_filename_component(name "${file}" NAME)
    string(REGEX REPLACE "[^A-Za-z0-9]" "_" name "${name}")
    # Lines and semicolons survive because the text never becomes a list.
    file(READ "${file}" text)
    string(APPEND content "extern std::string_view const ${name};\nstd::string_view const ${name} = R\"~tutela~(${text})~tutela~\";\n\n")
  endforeach()
  string(APPEND content "}  // namespace tutela::detail::${NAMESPACE}\n")
  file(WRITE "${OUTPUT}" "${content}")
endif()
