# Installs BUILD and moves the result to PREFIX: what was installed must not remember where.
file(REMOVE_RECURSE "${PREFIX}" "${PREFIX}.first")
execute_process(COMMAND ${CMAKE_COMMAND} --install "${BUILD}" --prefix "${PREFIX}.first" COMMAND_ERROR_IS_FATAL ANY OUTPUT_QUIET)
file(RENAME "${PREFIX}.first" "${PREFIX}")

file(GLOB_RECURSE files "${PREFIX}/*.cmake" "${PREFIX}/*.pc")
foreach(file IN LISTS files)
  file(READ "${file}" text)
  string(FIND "${text}" "${BUILD}" position) # the build folder is inside the source folder or beside it; neither may leak
  if(NOT position EQUAL -1)
    message(SEND_ERROR "${file} names the build folder ${BUILD}")
  endif()
endforeach()
