# The other libraries from their archives, each under the name by which a room links it, so that the C library and the
# Python module need nothing that a system without them lacks. Their licences go with them: TUTELA_LICENCES.
foreach(name pcre2-8 sodium)
  find_library(TUTELA_ARCHIVE_${name} NAMES lib${name}.a REQUIRED)
  add_library(${name} STATIC IMPORTED GLOBAL)
  set_target_properties(${name} PROPERTIES IMPORTED_LOCATION "${TUTELA_ARCHIVE_${name}}")
endforeach()
set_target_properties(pugixml::pugixml PROPERTIES INTERFACE_LINK_LIBRARIES pugixml::static)
get_target_property(date_kind date::date-tz TYPE)
if(NOT date_kind STREQUAL "STATIC_LIBRARY")
  message(FATAL_ERROR "date::date-tz is a shared library here. `.ci/date` makes the archive; -Ddate_ROOT=build/date/installed finds it.")
endif()

if(TARGET tutela_c)
  target_link_options(tutela_c PRIVATE -static-libstdc++) # its version script keeps it to itself
endif()

# What their Debian packages say of their rights, as it was when this was built. Boost and the runtime of the compiler are
# inside too; their licences ask for no notice in a binary.
set(TUTELA_LICENCES "${PROJECT_BINARY_DIR}/licences")
foreach(package libpugixml-dev libpcre2-dev libintelrdfpmath-dev libhowardhinnant-date-dev libsodium-dev nlohmann-json3-dev)
  configure_file("/usr/share/doc/${package}/copyright" "${TUTELA_LICENCES}/${package}.txt" COPYONLY)
endforeach()
