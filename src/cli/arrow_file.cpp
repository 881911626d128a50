// SPDX-License-Identifier: Apache-2.0
/// \file
/// Files in Arrow's IPC format, by nanoarrow.
#include "cli/arrow_file.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <string_view>

#include <nanoarrow/nanoarrow.hpp>
#include <nanoarrow/nanoarrow_ipc.hpp>

namespace tutela::cli {

namespace {

/// The file format begins so, and goes on as a stream.
constexpr std::string_view file_magic("ARROW1\0\0", 8);

bool good(ArrowErrorCode code, ArrowError const& error, std::string& problem)
{
  if (code == NANOARROW_OK) return true;
  problem = error.message[0] != '\0' ? error.message : "the file is no Arrow file that can be read";
  return false;
}

/// What was read ahead, and then the file.
struct Peeked {
  std::FILE* file;
  std::array<char, 8> begin{};
  std::size_t count = 0;
  std::size_t at = 0;
};

ArrowErrorCode read_peeked(ArrowIpcInputStream* stream, std::uint8_t* into, std::int64_t most, std::int64_t* found,
                           ArrowError* error)
{
  auto& peeked = *static_cast<Peeked*>(stream->private_data);
  auto const wanted = static_cast<std::size_t>(most);
  std::size_t done = std::min(wanted, peeked.count - peeked.at);
  std::memcpy(into, peeked.begin.data() + peeked.at, done);
  peeked.at += done;
  done += std::fread(into + done, 1, wanted - done, peeked.file);
  *found = static_cast<std::int64_t>(done);
  if (done == wanted || std::ferror(peeked.file) == 0) return NANOARROW_OK;
  ArrowErrorSet(error, "the file cannot be read");
  return EIO;
}

class Input : public ArrowInput {
 public:
  bool start(std::FILE* file, std::string& problem)
  {
    auto peeked = std::make_unique<Peeked>(Peeked{file});
    peeked->count = std::fread(peeked->begin.data(), 1, peeked->begin.size(), file);
    if (std::string_view(peeked->begin.data(), peeked->count) == file_magic) peeked->count = 0;
    ArrowIpcInputStream bytes{read_peeked,
                              [](ArrowIpcInputStream* stream) {
                                delete static_cast<Peeked*>(stream->private_data);
                                stream->release = nullptr;
                              },
                              peeked.get()};
    ArrowError error{};
    if (!good(ArrowIpcArrayStreamReaderInit(stream_.get(), &bytes, nullptr), error, problem)) return false;
    static_cast<void>(peeked.release());
    return good(ArrowArrayStreamGetSchema(stream_.get(), schema_.get(), &error), error, problem);
  }

  ArrowSchema const& schema() const override { return *schema_.get(); }

  bool next(ArrowArray& array, std::string& problem) override
  {
    ArrowError error{};
    return good(ArrowArrayStreamGetNext(stream_.get(), &array, &error), error, problem);
  }

  std::vector<std::string> ids(ArrowArray const& array, std::uint64_t first) const override
  {
    std::vector<std::string> found;
    nanoarrow::UniqueArrayView view;
    ArrowArrayView const* column = nullptr;
    if (ArrowArrayViewInitFromSchema(view.get(), schema_.get(), nullptr) == NANOARROW_OK &&
        ArrowArrayViewSetArray(view.get(), &array, nullptr) == NANOARROW_OK)
      for (std::int64_t i = 0; i < schema_->n_children; ++i)
        if (schema_->children[i]->name != nullptr && std::string_view(schema_->children[i]->name) == "id")
          column = view->children[i];
    for (std::int64_t row = 0; row < array.length; ++row) found.push_back(id(column, row, first));
    return found;
  }

 private:
  static std::string id(ArrowArrayView const* column, std::int64_t row, std::uint64_t first)
  {
    auto const type = column == nullptr ? NANOARROW_TYPE_UNINITIALIZED : column->storage_type;
    bool const is_text =
        type == NANOARROW_TYPE_STRING || type == NANOARROW_TYPE_LARGE_STRING || type == NANOARROW_TYPE_STRING_VIEW;
    bool const is_whole = column != nullptr && column->dictionary == nullptr && type >= NANOARROW_TYPE_UINT8 &&
                          type <= NANOARROW_TYPE_INT64;
    if (is_text && ArrowArrayViewIsNull(column, row) == 0) {
      auto const text = ArrowArrayViewGetStringUnsafe(column, row);
      return {text.data, static_cast<std::size_t>(text.size_bytes)};
    }
    if (is_whole && ArrowArrayViewIsNull(column, row) == 0)
      return std::to_string(ArrowArrayViewGetIntUnsafe(column, row));
    return std::to_string(first + static_cast<std::uint64_t>(row));
  }

  nanoarrow::UniqueArrayStream stream_;
  nanoarrow::UniqueSchema schema_;
};

bool is_list(ArrowSchema const& field) { return std::string_view(field.format) == "+L"; }

/// The type without dictionaries, which the writer does not take.
ArrowErrorCode make_plain(ArrowSchema& field)
{
  if (field.dictionary != nullptr) {
    field.dictionary->release(field.dictionary);
    ArrowFree(field.dictionary);
    field.dictionary = nullptr;
    return ArrowSchemaSetFormat(&field, "u");
  }
  for (std::int64_t i = 0; i < field.n_children; ++i) NANOARROW_RETURN_NOT_OK(make_plain(*field.children[i]));
  return NANOARROW_OK;
}

class Output : public ArrowOutput {
 public:
  bool start(std::FILE* file, ArrowSchema const& schema, std::string& problem)
  {
    ArrowError error{};
    nanoarrow::ipc::UniqueOutputStream bytes;
    return good(ArrowSchemaDeepCopy(&schema, given_.get()), error, problem) &&
           good(ArrowSchemaDeepCopy(&schema, plain_.get()), error, problem) &&
           good(make_plain(*plain_.get()), error, problem) &&
           good(ArrowIpcOutputStreamInitFile(bytes.get(), file, 0), error, problem) &&
           good(ArrowIpcWriterInit(writer_.get(), bytes.get()), error, problem) &&
           good(ArrowIpcWriterWriteSchema(writer_.get(), plain_.get(), &error), error, problem);
  }

  bool write(ArrowArray& array, std::string& problem) override
  {
    ArrowError error{};
    return good(write(array, error), error, problem);
  }

  bool finish(std::string& problem) override
  {
    ArrowError error{};
    return good(ArrowIpcWriterWriteArrayView(writer_.get(), nullptr, &error), error, problem);
  }

 private:
  ArrowErrorCode write(ArrowArray& array, ArrowError& error)
  {
    nanoarrow::UniqueArrayView given;
    NANOARROW_RETURN_NOT_OK(ArrowArrayViewInitFromSchema(given.get(), given_.get(), &error));
    NANOARROW_RETURN_NOT_OK(ArrowArrayViewSetArray(given.get(), &array, &error));
    nanoarrow::UniqueArray made;
    NANOARROW_RETURN_NOT_OK(ArrowArrayInitFromSchema(made.get(), plain_.get(), &error));
    NANOARROW_RETURN_NOT_OK(ArrowArrayStartAppending(made.get()));
    for (std::int64_t i = 0; i < array.n_children; ++i) {
      auto* column = made->children[i];
      auto const* values = given->children[i];
      if (values->dictionary == nullptr && !is_list(*given_->children[i])) {
        column->release(column);
        ArrowArrayMove(array.children[i], column);
        continue;
      }
      for (std::int64_t row = 0; row < array.length; ++row)
        NANOARROW_RETURN_NOT_OK(values->dictionary != nullptr ? append_text(*values, row, column)
                                                              : append_list(*values, row, column));
      NANOARROW_RETURN_NOT_OK(ArrowArrayFinishBuildingDefault(column, &error));
    }
    made->length = array.length;
    nanoarrow::UniqueArrayView plain;
    NANOARROW_RETURN_NOT_OK(ArrowArrayViewInitFromSchema(plain.get(), plain_.get(), &error));
    NANOARROW_RETURN_NOT_OK(ArrowArrayViewSetArray(plain.get(), made.get(), &error));
    return ArrowIpcWriterWriteArrayView(writer_.get(), plain.get(), &error);
  }

  static ArrowErrorCode append_text(ArrowArrayView const& values, std::int64_t row, ArrowArray* column)
  {
    if (ArrowArrayViewIsNull(&values, row) != 0) return ArrowArrayAppendNull(column, 1);
    return ArrowArrayAppendString(
        column, ArrowArrayViewGetStringUnsafe(values.dictionary, ArrowArrayViewGetIntUnsafe(&values, row)));
  }

  static ArrowErrorCode append_list(ArrowArrayView const& values, std::int64_t row, ArrowArray* column)
  {
    auto const end = ArrowArrayViewListChildOffset(&values, row + 1);
    for (auto at = ArrowArrayViewListChildOffset(&values, row); at < end; ++at)
      NANOARROW_RETURN_NOT_OK(append_text(*values.children[0], at, column->children[0]));
    return ArrowArrayFinishElement(column);
  }

  nanoarrow::UniqueSchema given_;
  nanoarrow::UniqueSchema plain_;
  nanoarrow::ipc::UniqueWriter writer_;
};

}  // namespace

bool has_arrow_files() { return true; }

std::unique_ptr<ArrowInput> ArrowInput::open(std::FILE* file, std::string& problem)
{
  auto made = std::make_unique<Input>();
  if (!made->start(file, problem)) return nullptr;
  return made;
}

std::unique_ptr<ArrowOutput> ArrowOutput::open(std::FILE* file, ArrowSchema const& schema, std::string& problem)
{
  auto made = std::make_unique<Output>();
  if (!made->start(file, schema, problem)) return nullptr;
  return made;
}

}  // namespace tutela::cli
