# Three Debian packages from the components of install.cmake, by `cpack -G DEB` in a folder of the preset `package`:
# libtutela-dev (to compile against), libtutela0 (the C library at run time), tutela (the program, and the packs to read).
if(NOT PROJECT_IS_TOP_LEVEL OR NOT TUTELA_BUILD_C OR NOT TUTELA_BUILD_CLI)
  return()
endif()
set(debian_tutela_dev libtutela-dev)
set(debian_tutela_runtime libtutela${TUTELA_ABI})
set(debian_tutela_program tutela)

set(CPACK_PACKAGE_CONTACT "The Tutela authors")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "${PROJECT_DESCRIPTION}")
set(CPACK_STRIP_FILES ON)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_COMPONENTS_ALL tutela_dev tutela_runtime tutela_program)
set(CPACK_DEBIAN_TUTELA_DEV_PACKAGE_SECTION libdevel)
set(CPACK_DEBIAN_TUTELA_RUNTIME_PACKAGE_SECTION libs)
set(CPACK_DEBIAN_TUTELA_PROGRAM_PACKAGE_SECTION science)
set(CPACK_DEBIAN_PACKAGE_GENERATE_SHLIBS ON)
string(CONCAT CPACK_DEBIAN_TUTELA_DEV_PACKAGE_DEPENDS "${debian_tutela_runtime} (= ${PROJECT_VERSION}), "
  "libhowardhinnant-date-dev, libintelrdfpmath-dev, libpcre2-dev, libpugixml-dev, libsodium-dev") # a static link needs them
set(CPACK_COMPONENT_TUTELA_DEV_DESCRIPTION "Headers, static library and package files, to compile against")
set(CPACK_COMPONENT_TUTELA_RUNTIME_DESCRIPTION "The C library, for programs in any language")
set(CPACK_COMPONENT_TUTELA_PROGRAM_DESCRIPTION "The command-line program, the shipped rule packs and the schemas")

# Each says whose it is: its own rights, and those of what is compiled in and comes from no other package.
set(copyright "The licence of Tutela, Apache-2.0, is /usr/share/common-licenses/Apache-2.0.\n\n")
foreach(file "${PROJECT_SOURCE_DIR}/NOTICE" /usr/share/doc/libintelrdfpmath-dev/copyright /usr/share/doc/nlohmann-json3-dev/copyright)
  if(EXISTS "${file}")
    file(READ "${file}" text)
    string(APPEND copyright "${text}\n")
  endif()
endforeach()
file(WRITE "${PROJECT_BINARY_DIR}/copyright" "${copyright}")
foreach(component IN LISTS CPACK_COMPONENTS_ALL)
  string(TOUPPER ${component} upper)
  set(CPACK_DEBIAN_${upper}_PACKAGE_NAME ${debian_${component}})
  install(FILES "${PROJECT_BINARY_DIR}/copyright" DESTINATION "${CMAKE_INSTALL_DATADIR}/doc/${debian_${component}}"
    COMPONENT ${component} EXCLUDE_FROM_ALL)
endforeach()
include(CPack)
