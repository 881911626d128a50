// SPDX-License-Identifier: Apache-2.0

import com.gs.dmn.runtime.ExecutionContext;
import com.gs.dmn.runtime.annotation.AnnotationSet;
import com.gs.dmn.runtime.cache.DefaultCache;
import com.gs.dmn.runtime.external.DefaultExternalFunctionExecutor;
import com.gs.dmn.runtime.listener.NopEventListener;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import lending.Adjudication;
import lending.ApplicationRiskScore;
import lending.BureauCallType;
import lending.Eligibility;
import lending.PostBureauAffordability;
import lending.PostBureauRiskCategory;
import lending.PreBureauAffordability;
import lending.PreBureauRiskCategory;
import lending.RequiredMonthlyInstallment;
import lending.Routing;
import lending.Strategy;
import lending.type.MonthlyImpl;
import lending.type.TApplicantData;
import lending.type.TApplicantDataImpl;
import lending.type.TBureauData;
import lending.type.TBureauDataImpl;
import lending.type.TRequestedProduct;
import lending.type.TRequestedProductImpl;

/** The lending model as Java that jDMN wrote. Arguments: its name and version, the applicants. */
final class Jdmn {
  private record Inputs(TApplicantData applicant, TRequestedProduct product, TBureauData bureau, String documents) {}

  private final Adjudication adjudication = new Adjudication();
  private final ApplicationRiskScore score = new ApplicationRiskScore();
  private final PreBureauRiskCategory categoryBefore = new PreBureauRiskCategory();
  private final BureauCallType call = new BureauCallType();
  private final PostBureauRiskCategory categoryAfter = new PostBureauRiskCategory();
  private final RequiredMonthlyInstallment installment = new RequiredMonthlyInstallment();
  private final PreBureauAffordability affordableBefore = new PreBureauAffordability();
  private final Eligibility eligibility = new Eligibility();
  private final Strategy strategy = new Strategy();
  private final PostBureauAffordability affordableAfter = new PostBureauAffordability();
  private final Routing routing = new Routing();

  public static void main(String[] arguments) throws Exception {
    List<Lending.Applicant> applicants = Lending.read(Path.of(arguments[1]));
    List<Inputs> inputs = new ArrayList<>();
    for (Lending.Applicant applicant : applicants) inputs.add(inputsOf(applicant));
    Jdmn model = new Jdmn();
    Lending.run(arguments[0], applicants, number -> model.decide(inputs.get(number)));
  }

  private Map<String, Object> decide(Inputs in) {
    ExecutionContext context = new ExecutionContext(
        new AnnotationSet(), new NopEventListener(), new DefaultExternalFunctionExecutor(), new DefaultCache());
    Map<String, Object> answers = new HashMap<>();
    answers.put("Adjudication", adjudication.apply(in.applicant, in.bureau, in.documents, context));
    answers.put("ApplicationRiskScore", score.apply(in.applicant, context));
    answers.put("Pre-bureauRiskCategory", categoryBefore.apply(in.applicant, context));
    answers.put("BureauCallType", call.apply(in.applicant, context));
    answers.put("Post-bureauRiskCategory", categoryAfter.apply(in.applicant, in.bureau, context));
    answers.put("RequiredMonthlyInstallment", installment.apply(in.product, context));
    answers.put("Pre-bureauAffordability", affordableBefore.apply(in.applicant, in.product, context));
    answers.put("Eligibility", eligibility.apply(in.applicant, in.product, context));
    answers.put("Strategy", strategy.apply(in.applicant, in.product, context));
    answers.put("Post-bureauAffordability", affordableAfter.apply(in.applicant, in.bureau, in.product, context));
    answers.put("Routing", routing.apply(in.applicant, in.bureau, in.product, context));
    return answers;
  }

  private static Inputs inputsOf(Lending.Applicant from) {
    var monthly = new MonthlyImpl(from.number("Expenses"), from.number("Income"), from.number("Repayments"));
    var applicant = new TApplicantDataImpl(from.number("Age"), from.text("EmploymentStatus"),
        from.truth("ExistingCustomer"), from.text("MaritalStatus"), monthly);
    var product = new TRequestedProductImpl(
        from.number("Amount"), from.text("ProductType"), from.number("Rate"), from.number("Term"));
    var bureau = new TBureauDataImpl(from.truth("Bankrupt"), from.number("CreditScore"));
    return new Inputs(applicant, product, bureau, from.text("SupportingDocuments"));
  }
}
