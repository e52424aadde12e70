#pragma once

#include <string>

#include "pipeline/connector/url.hpp"

namespace migrateiq::projects {

/// The parts as a URL's text again, secrets included; ParseUrl reads it back to the same parts.
std::string UrlText(const Url& url);

/// The text with the URL's secrets blotted out: for messages of drivers.
std::string Scrub(std::string text, const Url& url);

/// Parts of a list separated by commas.
std::vector<std::string> SplitList(const std::string& text);

}  // namespace migrateiq::projects
