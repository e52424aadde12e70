# What the presets switch: MIQ_SANITIZE is empty, "address,undefined" or "thread".
set(MIQ_SANITIZE "" CACHE STRING "Sanitizers to build with")

add_compile_options(-Wall -Wextra -Wpedantic -Wno-missing-field-initializers -fno-omit-frame-pointer)
# With -O2, g++ 12 warns of std::string::operator+ (its bug 105651) and of Boost.JSON's own pointers. The debug build keeps
# both warnings.
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13 AND CMAKE_BUILD_TYPE STREQUAL "Release")
  add_compile_options(-Wno-restrict -Wno-dangling-pointer)
endif()
if(MIQ_SANITIZE)
  add_compile_options(-fsanitize=${MIQ_SANITIZE} -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${MIQ_SANITIZE})
endif()

# clang (sanitizers, fuzzers: it compiles them three times as fast as g++) sees std::expected of libstdc++ 12 only when it
# claims the older concepts. Designators out of order, of which it only warns, are an error of the standard and of g++, which
# builds the release.
if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
  add_compile_options(-D__cpp_concepts=202002L -Wno-builtin-macro-redefined -Werror=reorder-init-list)
endif()

option(MIQ_FUZZ "Build the *_fuzz.cpp programs (clang only)" OFF)
if(MIQ_FUZZ)
  add_compile_options(-fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all)
  add_link_options(-fsanitize=address,undefined)
endif()

find_program(MIQ_MOLD mold)
if(MIQ_MOLD)
  add_link_options(-fuse-ld=mold)
endif()

find_program(MIQ_CCACHE ccache)
if(MIQ_CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${MIQ_CCACHE})
endif()
