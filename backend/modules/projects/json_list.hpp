#pragma once

#include <string>
#include <vector>

#include "modules/core/json_list.hpp"

namespace migrateiq::projects {

using core::JsonListText;
using core::ParseJsonList;

template <class Texts>
std::vector<std::string> Plain(const Texts& texts) {
  return {texts.begin(), texts.end()};
}

}  // namespace migrateiq::projects
