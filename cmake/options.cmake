# What the presets switch: MIQ_SANITIZE is empty, "address,undefined" or "thread".
set(MIQ_SANITIZE "" CACHE STRING "Sanitizers to build with")

add_compile_options(-Wall -Wextra -Wpedantic -Wno-missing-field-initializers -fno-omit-frame-pointer)
if(MIQ_SANITIZE)
  add_compile_options(-fsanitize=${MIQ_SANITIZE} -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${MIQ_SANITIZE})
endif()

find_program(MIQ_MOLD mold)
if(MIQ_MOLD)
  add_link_options(-fuse-ld=mold)
endif()

find_program(MIQ_CCACHE ccache)
if(MIQ_CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${MIQ_CCACHE})
endif()
