# What leaves the build: headers, library, package files for CMake and pkg-config, all relative to the prefix.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)
set(package_dir "${CMAKE_INSTALL_LIBDIR}/cmake/tutela")

install(TARGETS tutela_headers tutela EXPORT tutelaTargets
  ARCHIVE COMPONENT tutela_dev
  LIBRARY COMPONENT tutela_runtime NAMELINK_COMPONENT tutela_dev
  FILE_SET HEADERS COMPONENT tutela_dev)
if(TARGET tutela_c)
  install(TARGETS tutela_c EXPORT tutelaTargets
    LIBRARY COMPONENT tutela_runtime NAMELINK_COMPONENT tutela_dev
    FILE_SET HEADERS COMPONENT tutela_dev)
endif()
if(TARGET tutela_cli)
  install(TARGETS tutela_cli RUNTIME COMPONENT tutela_program)
  install(FILES "${PROJECT_SOURCE_DIR}/src/cli/completion.bash" RENAME tutela
    DESTINATION "${CMAKE_INSTALL_DATADIR}/bash-completion/completions" COMPONENT tutela_program)
endif()
install(DIRECTORY "${PROJECT_SOURCE_DIR}/docs/schemas" DESTINATION "${CMAKE_INSTALL_DATADIR}/tutela"
  COMPONENT tutela_program FILES_MATCHING PATTERN "*.json")
install(FILES "${PROJECT_SOURCE_DIR}/LICENSE" DESTINATION "${CMAKE_INSTALL_DOCDIR}" COMPONENT tutela_dev)

# A shared core is found from where they are, wherever the installation is moved to.
if(BUILD_SHARED_LIBS AND TARGET tutela_c)
  set_target_properties(tutela_c PROPERTIES INSTALL_RPATH "$ORIGIN")
endif()
if(BUILD_SHARED_LIBS AND TARGET tutela_cli)
  set_target_properties(tutela_cli PROPERTIES INSTALL_RPATH "$ORIGIN/../${CMAKE_INSTALL_LIBDIR}")
endif()

# Who links the static library also links what its rooms need: `package::library` is found by its package, a plain name
# by the linker. Header-only libraries ($<BUILD_INTERFACE:...>) and shared builds leave nothing to the consumer.
set(static_flags "")
set(find_dependencies "")
if(NOT BUILD_SHARED_LIBS)
  get_target_property(links tutela LINK_LIBRARIES)
  list(FILTER links EXCLUDE REGEX "^\\$<BUILD_INTERFACE|^tutela_headers$|^::@")
  list(REMOVE_DUPLICATES links)
  foreach(link IN LISTS links)
    if(link STREQUAL "Threads::Threads")
      string(APPEND find_dependencies "find_dependency(Threads)\n")
      string(APPEND static_flags " -pthread")
    elseif(link MATCHES "^(.+)::(.+)$")
      string(APPEND find_dependencies "find_dependency(${CMAKE_MATCH_1})\n")
      string(APPEND static_flags " -l${CMAKE_MATCH_2}")
    else()
      string(APPEND static_flags " -l${link}")
    endif()
  endforeach()
  string(APPEND static_flags " -lstdc++")
endif()

install(EXPORT tutelaTargets NAMESPACE tutela:: DESTINATION "${package_dir}" COMPONENT tutela_dev)
configure_package_config_file("${CMAKE_CURRENT_LIST_DIR}/tutelaConfig.cmake.in" tutelaConfig.cmake
  INSTALL_DESTINATION "${package_dir}")
write_basic_package_version_file(tutelaConfigVersion.cmake COMPATIBILITY SameMinorVersion) # SameMajorVersion from 1.0
install(FILES "${CMAKE_CURRENT_BINARY_DIR}/tutelaConfig.cmake" "${CMAKE_CURRENT_BINARY_DIR}/tutelaConfigVersion.cmake"
  DESTINATION "${package_dir}" COMPONENT tutela_dev)

file(RELATIVE_PATH prefix_from_pc "/${CMAKE_INSTALL_LIBDIR}/pkgconfig" "/")
string(REGEX REPLACE "/$" "" prefix_from_pc "${prefix_from_pc}")
set(pc_files "")
foreach(library tutela tutela_c)
  if(TARGET ${library})
    configure_file("${CMAKE_CURRENT_LIST_DIR}/${library}.pc.in" ${library}.pc @ONLY)
    list(APPEND pc_files "${CMAKE_CURRENT_BINARY_DIR}/${library}.pc")
  endif()
endforeach()
install(FILES ${pc_files} DESTINATION "${CMAKE_INSTALL_LIBDIR}/pkgconfig" COMPONENT tutela_dev)
