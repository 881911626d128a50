// SPDX-License-Identifier: Apache-2.0

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.kie.api.io.Resource;
import org.kie.dmn.api.core.DMNContext;
import org.kie.dmn.api.core.DMNDecisionResult;
import org.kie.dmn.api.core.DMNModel;
import org.kie.dmn.api.core.DMNRuntime;
import org.kie.dmn.core.internal.utils.DMNRuntimeBuilder;
import org.kie.internal.io.ResourceFactory;

/** The lending model in Drools. Arguments: its name and version, the model, the applicants. */
final class Drools {
  public static void main(String[] arguments) throws Exception {
    Resource resource = ResourceFactory.newFileResource(arguments[1]);
    DMNRuntime runtime = DMNRuntimeBuilder.fromDefaults().buildConfiguration().fromResources(List.of(resource))
        .getOrElseThrow(RuntimeException::new);
    DMNModel model = runtime.getModels().get(0);
    List<Lending.Applicant> applicants = Lending.read(Path.of(arguments[2]));
    List<Map<String, Object>> inputs = new ArrayList<>();
    for (Lending.Applicant applicant : applicants) inputs.add(inputsOf(applicant));
    Lending.run(arguments[0], applicants, number -> {
      DMNContext context = runtime.newContext();
      inputs.get(number).forEach(context::set);
      Map<String, Object> answers = new HashMap<>();
      for (DMNDecisionResult each : runtime.evaluateAll(model, context).getDecisionResults()) {
        answers.put(each.getDecisionName(), each.getResult());
      }
      return answers;
    });
  }

  private static Map<String, Object> inputsOf(Lending.Applicant applicant) {
    Map<String, Object> monthly = Map.of("Income", applicant.number("Income"), "Expenses", applicant.number("Expenses"),
        "Repayments", applicant.number("Repayments"));
    return Map.of(
        "ApplicantData",
        Map.of("Monthly", monthly, "Age", applicant.number("Age"), "ExistingCustomer",
            applicant.truth("ExistingCustomer"), "MaritalStatus", applicant.text("MaritalStatus"), "EmploymentStatus",
            applicant.text("EmploymentStatus")),
        "RequestedProduct",
        Map.of("ProductType", applicant.text("ProductType"), "Amount", applicant.number("Amount"), "Rate",
            applicant.number("Rate"), "Term", applicant.number("Term")),
        "BureauData",
        Map.of("CreditScore", applicant.number("CreditScore"), "Bankrupt", applicant.truth("Bankrupt")),
        "SupportingDocuments", applicant.text("SupportingDocuments"));
  }
}
