# What every source of ours is compiled with, and no consumer ever sees. Warnings are in CMakePresets.json.
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_CXX_VISIBILITY_PRESET hidden) # only what TUTELA_API marks leaves a shared library
set(CMAKE_VISIBILITY_INLINES_HIDDEN ON)
if(NOT EMSCRIPTEN) # there, modules are linked whole
  set(CMAKE_POSITION_INDEPENDENT_CODE ON) # the static library may end in a shared one or a Python module
endif()

find_program(TUTELA_CCACHE ccache)
if(TUTELA_CCACHE AND PROJECT_IS_TOP_LEVEL AND NOT DEFINED CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_C_COMPILER_LAUNCHER "${TUTELA_CCACHE}")
  set(CMAKE_CXX_COMPILER_LAUNCHER "${TUTELA_CCACHE}")
endif()

add_library(tutela_flags INTERFACE)
if(BUILD_SHARED_LIBS)
  target_compile_definitions(tutela_flags INTERFACE TUTELA_BUILDING)
endif()
if(CMAKE_CXX_COMPILER_ID MATCHES "GNU|Clang")
  # A contracted multiplication and addition rounds once instead of twice: scores must be the same bits everywhere.
  target_compile_options(tutela_flags INTERFACE -ffp-contract=off)
  # Hardening: input comes from outside, so an overrun must end the program and not the case.
  target_compile_definitions(tutela_flags INTERFACE _GLIBCXX_ASSERTIONS)
  if(NOT EMSCRIPTEN) # WebAssembly keeps its return addresses out of reach
    target_compile_options(tutela_flags INTERFACE -fstack-protector-strong)
  endif()
  if(CMAKE_SYSTEM_PROCESSOR MATCHES "x86_64|AMD64")
    target_compile_options(tutela_flags INTERFACE -fstack-clash-protection -fcf-protection=full)
  endif()
  if(NOT TUTELA_SANITIZE) # the sanitizers have their own checks of the same calls
    target_compile_options(tutela_flags INTERFACE
      $<$<CONFIG:Release,RelWithDebInfo,MinSizeRel>:-U_FORTIFY_SOURCE$<SEMICOLON>-D_FORTIFY_SOURCE=2>)
  endif()
endif()

if(TUTELA_SANITIZE)
  list(JOIN TUTELA_SANITIZE "," sanitizers)
  add_compile_options(-fsanitize=${sanitizers} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  add_link_options(-fsanitize=${sanitizers})
endif()
