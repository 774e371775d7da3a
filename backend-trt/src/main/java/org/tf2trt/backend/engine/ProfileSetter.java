// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.backend.engine;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.bytedeco.tensorrt.global.nvinfer.OptProfileSelector;
import org.bytedeco.tensorrt.nvinfer.IBuilder;
import org.bytedeco.tensorrt.nvinfer.IBuilderConfig;
import org.bytedeco.tensorrt.nvinfer.INetworkDefinition;
import org.bytedeco.tensorrt.nvinfer.IOptimizationProfile;
import org.bytedeco.tensorrt.nvinfer.ITensor;
import org.tf2trt.ir.diag.Code;
import org.tf2trt.ir.diag.Diagnostic;
import org.tf2trt.ir.diag.DiagnosticException;

/** Gives TensorRT the optimisation profiles. */
final class ProfileSetter {
  private ProfileSetter() {}

  static void set(
      IBuilder builder, IBuilderConfig config, INetworkDefinition network, List<Profile> profiles) {
    List<Diagnostic> bad = new ArrayList<>();
    for (int p = 0; p < profiles.size(); p++) {
      Profile wanted = profiles.get(p);
      IOptimizationProfile profile = builder.createOptimizationProfile();
      Set<String> unknown = new LinkedHashSet<>(wanted.inputs().keySet());
      for (int i = 0; i < network.getNbInputs(); i++) {
        ITensor input = network.getInput(i);
        unknown.remove(input.getName());
        Profile.Range range = wanted.inputs().get(input.getName());
        if (range != null && !isOpen(input) && !input.isShapeTensor()) {
          bad.add(problem("profile " + p, input.getName(), "no shape depends on its values"));
        } else if (range != null && !set(profile, input, range)) {
          bad.add(problem("profile " + p, input.getName(), "its extents " + range + " do not fit"));
        } else if (range == null && isOpen(input)) {
          bad.add(problem("profile " + p, input.getName(), "its open extents are not given"));
        }
      }
      unknown.forEach(n -> bad.add(problem("a profile", n, "the model has no such input")));
      if (bad.isEmpty() && config.addOptimizationProfile(profile) < 0) {
        bad.add(problem("profile " + p, "", "TensorRT refuses it"));
      }
    }
    if (profiles.isEmpty()) {
      for (int i = 0; i < network.getNbInputs(); i++) {
        if (isOpen(network.getInput(i))) {
          bad.add(problem("no profile", network.getInput(i).getName(), "its extents are open"));
        }
      }
    }
    if (!bad.isEmpty()) {
      throw new DiagnosticException(bad);
    }
  }

  private static boolean isOpen(ITensor input) {
    for (long extent : DataTypes.extents(input.getDimensions())) {
      if (extent < 0) {
        return true;
      }
    }
    return false;
  }

  private static boolean set(IOptimizationProfile profile, ITensor input, Profile.Range range) {
    return set(profile, input, OptProfileSelector.kMIN, range.min())
        && set(profile, input, OptProfileSelector.kOPT, range.opt())
        && set(profile, input, OptProfileSelector.kMAX, range.max());
  }

  private static boolean set(
      IOptimizationProfile profile, ITensor input, OptProfileSelector which, List<Long> values) {
    long[] numbers = values.stream().mapToLong(Long::longValue).toArray();
    return input.isShapeTensor()
        ? TensorRtLine.setShapeValues(profile, input.getName(), which, numbers)
        : profile.setDimensions(input.getName(), which, DataTypes.dims(numbers));
  }

  private static Diagnostic problem(String profile, String input, String what) {
    return Diagnostic.error(
        Code.BAD_BUILD_OPTION,
        input.isEmpty() ? profile : "input '" + input + "' in " + profile,
        what,
        "give min..opt..max for each input with open extents");
  }
}
