#pragma once

#include <boost/json/fwd.hpp>
#include <string>

namespace migrateiq::validation {

/// A run's document (SuiteResultJson) as a page that needs nothing else: light, dark and on paper.
std::string ReportHtml(const boost::json::object& document);

/// Takes the samples away that may be personal data, and what words quote of them. True when there were any.
bool MaskDocument(boost::json::object& document);

}  // namespace migrateiq::validation
