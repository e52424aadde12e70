#include "modules/projects/events.hpp"

#include "base/json_text.hpp"

namespace migrateiq::projects {

void Events::Tell(const std::string& project_id, const std::string& type, const Actor& actor,
                  boost::json::object data) const {
  if (bus_ == nullptr || project_id.empty()) return;
  data["project_id"] = project_id;
  data["by"] = actor.id;
  data["by_name"] = actor.name;
  (void)bus_->Publish({.topic = "project:" + project_id, .type = type, .data = JsonText(data)});
}

}  // namespace migrateiq::projects
