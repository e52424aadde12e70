#include "modules/projects/api_support.hpp"
#include "modules/projects/project_services.hpp"
#include "modules/projects/routes.hpp"
#include "pipeline/mask/kinds.hpp"

namespace migrateiq::projects {

namespace {

struct MaskKindView {
  std::string kind;
  bool keyed = false;     ///< it needs the name of a key
  bool distinct = false;  ///< different values never become equal
  std::string description, example, becomes;
};
BOOST_DESCRIBE_STRUCT(MaskKindView, (), (kind, keyed, distinct, description, example, becomes))

struct MaskKindList {
  std::vector<MaskKindView> items;
};
BOOST_DESCRIBE_STRUCT(MaskKindList, (), (items))

struct MaskKeyView {
  std::string name;
  std::string print;  ///< tells whether two keys are equal, and nothing else about them
  Moment created_at;
};
BOOST_DESCRIBE_STRUCT(MaskKeyView, (), (name, print, created_at))

struct MaskKeyList {
  std::vector<MaskKeyView> items;
};
BOOST_DESCRIBE_STRUCT(MaskKeyList, (), (items))

MaskKindList Kinds() {
  MaskKindList list;
  for (const MaskKindInfo& info : MaskKinds())
    list.items.push_back({std::string(info.id), info.keyed, info.distinct, std::string(info.does),
                          std::string(info.example), std::string(info.becomes)});
  return list;
}

}  // namespace

void AddMaskRoutes(http::Router& router, ProjectServices& services) {
  router.Add<Nothing, Nothing, MaskKindList>(
      http::Whole(TenantRoute(Method::kGet, "masks/kinds", "listMaskKinds", "projects.read",
                              "The kinds of masks that plans may give to columns.")),
      [](Context& context, const Nothing&, const Nothing&) -> Result<MaskKindList> {
        context.response.headers.Set("Cache-Control", "private, max-age=3600");
        return Kinds();
      });
  router.Add<Nothing, Nothing, MaskKeyList>(
      http::Whole(TenantRoute(Method::kGet, "masks/keys", "listMaskKeys", "projects.read",
                              "The tenant's keys of masks, by name; never their bytes.")),
      [&services](Context& context, const Nothing&, const Nothing&) -> Result<MaskKeyList> {
        MIQ_ASSIGN(const auto rows, services.mask_keys.List(context.principal.tenant_id));
        MaskKeyList list;
        for (const MaskKeyRow& row : rows) list.items.push_back({row.name, row.print, Moment(row.created_at)});
        return list;
      });
}

}  // namespace migrateiq::projects
