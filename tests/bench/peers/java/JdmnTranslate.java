// SPDX-License-Identifier: Apache-2.0

import com.gs.dmn.dialect.JavaTimeDMNDialectDefinition;
import com.gs.dmn.log.BuildLogger;
import com.gs.dmn.log.NopBuildLogger;
import com.gs.dmn.serialization.DefaultTypeDeserializationConfigurer;
import com.gs.dmn.transformation.InputParameters;
import com.gs.dmn.transformation.ToQuotedNameTransformer;
import com.gs.dmn.transformation.lazy.NopLazyEvaluationDetector;
import com.gs.dmn.transformation.template.TreeTemplateProvider;
import com.gs.dmn.validation.NopDMNValidator;
import java.nio.file.Path;
import java.util.Map;

/** Lets jDMN write the lending model as Java, which keeps shared decisions. Arguments: the model, the folder. */
final class JdmnTranslate {
  public static void main(String[] arguments) {
    BuildLogger log = new NopBuildLogger();
    Map<String, String> options = Map.of("dmnVersion", "1.5", "modelVersion", "1", "platformVersion", "1",
        "javaRootPackage", "lending", "caching", "true", "cachingThreshold", "0");
    new JavaTimeDMNDialectDefinition()
        .createDMNToNativeTransformer(new NopDMNValidator(), new ToQuotedNameTransformer(log),
            new TreeTemplateProvider(), new NopLazyEvaluationDetector(), new DefaultTypeDeserializationConfigurer(),
            new InputParameters(options), log)
        .transform(Path.of(arguments[0]), Path.of(arguments[1]));
  }
}
