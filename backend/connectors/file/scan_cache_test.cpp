#include <gtest/gtest.h>

#include "connectors/file/csv_format.hpp"
#include "connectors/file/file_test_support.hpp"
#include "connectors/file/scan_cache.hpp"

namespace migrateiq::file {
namespace {

class ScanCacheTest : public FolderTest {
 protected:
  std::shared_ptr<const TextScan> Scan(const CsvFormat& format) {
    auto scan = ScanFile(format, File(), {}).value();
    ScanCache::Instance().Put(format, scan);
    return scan;
  }
  std::shared_ptr<const TextFile> File() { return TextFile::Open(folder_ / "t.csv", "").value(); }
  void SetUp() override { Put("t.csv", "id,name\n1,a\n2,b\n"); }
};

TEST_F(ScanCacheTest, FindsWhatSomebodyStillHolds) {
  const CsvFormat format{{}};
  auto scan = Scan(format);
  EXPECT_EQ(ScanCache::Instance().Find(format, *File()), scan);
  scan.reset();
  EXPECT_EQ(ScanCache::Instance().Find(format, *File()), nullptr);
}

TEST_F(ScanCacheTest, AnotherVersionOfTheFileIsAnotherFile) {
  const CsvFormat format{{}};
  const auto scan = Scan(format);
  Put("t.csv", "id,name\n1,a\n2,b\n3,c\n");
  EXPECT_EQ(ScanCache::Instance().Find(format, *File()), nullptr);
}

TEST_F(ScanCacheTest, AnotherFormatFindsOtherThings) {
  const auto scan = Scan(CsvFormat{{}});
  EXPECT_EQ(ScanCache::Instance().Find(CsvFormat{{.header = false}}, *File()), nullptr);
  EXPECT_EQ(ScanCache::Instance().Find(CsvFormat{{.delimiter = ';'}}, *File()), nullptr);
}

}  // namespace
}  // namespace migrateiq::file
