# Everything comes from Debian packages, except DuckDB (npm, pinned by deps/package-lock.json).
# `./dev setup` installs them; MIQ_DEPS holds what was unpacked beside the system.
set(MIQ_DEPS "${CMAKE_SOURCE_DIR}/build/deps" CACHE PATH "Dependencies unpacked by ./dev setup")

find_package(Threads REQUIRED)
find_package(PkgConfig REQUIRED)
find_package(fmt 9 REQUIRED)
find_package(spdlog REQUIRED)
find_package(yaml-cpp REQUIRED)
find_package(CLI11 REQUIRED)
find_package(GTest REQUIRED)
find_package(date REQUIRED)
find_package(OpenSSL 3 REQUIRED)
find_package(ICU REQUIRED COMPONENTS uc i18n)

pkg_check_modules(PQ REQUIRED IMPORTED_TARGET libpq)
pkg_check_modules(MARIADB REQUIRED IMPORTED_TARGET libmariadb)
pkg_check_modules(SQLITE3 REQUIRED IMPORTED_TARGET sqlite3)
pkg_check_modules(XXHASH REQUIRED IMPORTED_TARGET libxxhash)
pkg_check_modules(RE2 REQUIRED IMPORTED_TARGET re2)

# Boost by its versioned packages only: from the system, or unpacked under MIQ_DEPS.
set(BOOST_ROOT_HINTS "${MIQ_DEPS}/boost/usr" /usr)
find_path(BOOST_INCLUDE boost/json.hpp HINTS "${MIQ_DEPS}/boost/usr/include" REQUIRED)
find_library(BOOST_JSON_LIBRARY boost_json HINTS "${MIQ_DEPS}/boost/usr/lib/x86_64-linux-gnu" "${MIQ_DEPS}/boost/usr/lib/aarch64-linux-gnu" REQUIRED)
find_library(BOOST_CONTAINER_LIBRARY boost_container HINTS "${MIQ_DEPS}/boost/usr/lib/x86_64-linux-gnu" "${MIQ_DEPS}/boost/usr/lib/aarch64-linux-gnu" REQUIRED)
add_library(miq_boost_json INTERFACE)
target_include_directories(miq_boost_json SYSTEM INTERFACE ${BOOST_INCLUDE})
target_link_libraries(miq_boost_json INTERFACE ${BOOST_JSON_LIBRARY} ${BOOST_CONTAINER_LIBRARY})

find_path(DUCKDB_INCLUDE duckdb.h HINTS "${MIQ_DEPS}/duckdb/include" REQUIRED)
find_library(DUCKDB_LIBRARY duckdb HINTS "${MIQ_DEPS}/duckdb/lib" REQUIRED)
add_library(miq_duckdb INTERFACE)
target_include_directories(miq_duckdb SYSTEM INTERFACE ${DUCKDB_INCLUDE})
target_link_libraries(miq_duckdb INTERFACE ${DUCKDB_LIBRARY})

# The server.
find_package(ZLIB REQUIRED)
find_package(prometheus-cpp REQUIRED)
pkg_check_modules(HIREDIS REQUIRED IMPORTED_TARGET hiredis)
pkg_check_modules(CURL REQUIRED IMPORTED_TARGET libcurl)
pkg_check_modules(CJOSE REQUIRED IMPORTED_TARGET cjose)
pkg_check_modules(ARGON2 REQUIRED IMPORTED_TARGET libargon2)
pkg_check_modules(OATH REQUIRED IMPORTED_TARGET liboath)
