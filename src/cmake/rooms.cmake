# A room is one folder of include/tutela and src: its headers join tutela::headers, its sources join tutela::tutela.
#   tutela_room(NAME HEADERS a.hpp ... [SOURCES x.cpp ...] [LINKS library ...])
# HEADERS are relative to include/tutela/NAME, SOURCES to src/NAME. LINKS are private to the compiled library: a
# header-only one is written $<BUILD_INTERFACE:...>, so that a consumer needs nothing of it; a binary one plainly
# (`sodium`, `pugixml::pugixml`), so that install.cmake can name it to whoever links the static library.
function(tutela_room name)
  cmake_parse_arguments(PARSE_ARGV 1 room "" "" "HEADERS;SOURCES;LINKS")
  list(TRANSFORM room_HEADERS PREPEND "${PROJECT_SOURCE_DIR}/include/tutela/${name}/")
  target_sources(tutela_headers INTERFACE FILE_SET HEADERS FILES ${room_HEADERS})
  if(room_SOURCES)
    add_library(tutela_room_${name} OBJECT ${room_SOURCES})
    target_link_libraries(tutela_room_${name}
      PRIVATE $<BUILD_INTERFACE:tutela_headers> $<BUILD_INTERFACE:tutela_flags> ${room_LINKS})
    target_include_directories(tutela_room_${name} PRIVATE "${PROJECT_SOURCE_DIR}/src")
    target_sources(tutela PRIVATE $<TARGET_OBJECTS:tutela_room_${name}>)
    target_link_libraries(tutela PRIVATE ${room_LINKS})
  endif()
endfunction()

# One test program for one room, linked with the objects of the rooms it names only, so that a room that quietly needs
# a higher one does not link.
#   tutela_test(NAME ROOMS base facts ... SOURCES x_test.cpp ... [LINKS library ...])
function(tutela_test name)
  cmake_parse_arguments(PARSE_ARGV 1 test "" "" "ROOMS;SOURCES;LINKS")
  add_executable(${name}_test ${test_SOURCES})
  foreach(room IN LISTS test_ROOMS)
    if(TARGET tutela_room_${room})
      get_target_property(links tutela_room_${room} LINK_LIBRARIES)
      target_link_libraries(${name}_test PRIVATE tutela_room_${room} ${links})
    endif()
  endforeach()
  target_include_directories(${name}_test PRIVATE "${PROJECT_SOURCE_DIR}/src" "${PROJECT_SOURCE_DIR}/tests")
  target_link_libraries(${name}_test PRIVATE tutela_headers tutela_flags GTest::gtest_main ${test_LINKS})
  target_compile_definitions(${name}_test PRIVATE TUTELA_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
  target_precompile_headers(${name}_test REUSE_FROM tutela_test_precompiled)
  add_dependencies(tutela_unit ${name}_test)
  gtest_discover_tests(${name}_test PROPERTIES LABELS "unit" DISCOVERY_TIMEOUT 60)
endfunction()
