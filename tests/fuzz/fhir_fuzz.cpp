// SPDX-License-Identifier: Apache-2.0
/// \file
/// FHIR: whatever is read is written as the same document, and so is every view laid over it.
#include <tutela/io/fhir.hpp>

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

namespace {

using namespace tutela;

template <class View>
void look(FhirResource const& resource)
{
  if (resource.type() != View::type) return;
  auto const view = read_fhir<View>(resource);
  if (!view) {
    if (view.diagnostics().empty()) std::abort();  // a refusal without a reason
    return;
  }
  auto const over = write_fhir(*view, resource);
  if (over.write() != resource.write()) std::abort();
  auto const again = read_fhir<View>(write_fhir(*view));
  if (again && !(*again == *view)) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
  std::string_view const text(reinterpret_cast<char const*>(data), size);
  auto const resource = parse_fhir(text, "fuzz.json");
  if (!resource) {
    if (resource.diagnostics().empty()) std::abort();
    return 0;
  }
  auto const again = parse_fhir(resource->write(), "again.json");
  if (!again || again->write() != resource->write()) std::abort();
  look<FhirServiceRequest>(*resource);
  look<FhirTask>(*resource);
  look<FhirConsent>(*resource);
  look<FhirHealthcareService>(*resource);
  look<FhirOrganizationAffiliation>(*resource);
  look<FhirGroup>(*resource);
  look<FhirRelatedPerson>(*resource);
  look<FhirCarePlan>(*resource);
  return 0;
}
