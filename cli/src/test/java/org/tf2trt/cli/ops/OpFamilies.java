// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli.ops;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.tf2trt.frontend.lower.HostOps;
import org.tf2trt.ir.schema.Formal;
import org.tf2trt.ir.schema.OpSchema;
import org.tf2trt.ir.schema.Schemas;

/** Why ops of TensorFlow's registry have no lowering, as far as their kind tells. */
final class OpFamilies {
  /** In this order: an op belongs to the first family that has it. */
  private static final Map<String, Pattern> FAMILIES = new LinkedHashMap<>();

  static {
    family(
        "The importer deals with them",
        "Const|_?Host[Cc]onst|Placeholder(V2)?|VarHandleOp|Variable(V2)?|(Stateful)?PartitionedCall"
            + "|(Stateless)?(If|Case|While)|(Ref)?(Switch|Merge|Enter|Exit|NextIteration)|LoopCond"
            + "|TensorArray(?!.*Grad)(?!Close).*|_SwitchN|HashTable(V2)?|NoOp|TPUPartitionedCall"
            + "|MapDefun");
    family(
        "They change variables: converted with `--variables io`",
        "Assign(Add|Sub)?|Assign(Add|Sub)?VariableOp|(Resource)?Scatter(Nd)?(Add|Sub|Update)"
            + "|(Resource)?StridedSliceAssign");
    family(
        "Training and gradients",
        "(Resource)?(Sparse)?Apply.*|.*Grad(ient|ients|V\\d|A|Boxes|Image|Grad.*|With.*|Ex)?"
            + "|.*Backprop(Filter|Input)?(V\\d)?|.*Optimizer(V\\d)?|.*Accumulator.*|NegTrain|Sdca.*"
            + "|K(MC2|means).*|.*CandidateSampler|ComputeAccidentalHits|Skipgram|.*LossV?\\d?");
    family(
        "Data pipelines, queues and readers",
        ".*(Dataset|Iterator|Reader|Queue|Barrier|MemoryCache|ThreadPool|StatsAggregator).*"
            + "|(Ordered)?Map(Clear|IncompleteSize|Peek|Size|Stage|Unstage|UnstageNoKey)"
            + "|(Un)?[Ss]tage(Clear|Peek|Size)?|RecordInput|(Un)?[Bb]atch(Function)?|Optional.*"
            + "|.*RandomSeedGenerator|.*SeedGenerator|(Unc|C)ompressElement");
    family(
        "Distribution, TPUs and the sparse core",
        ".*(TPU|Tpu|Embedding|SparseCore|XlaSparse|Dedup|Infeed|Outfeed|Prelinearize|Minibatch"
            + "|PhysicalReplica|CooTensor).*|_?(Collective|Nccl|DTensor|Rpc|AllToAll|CrossReplica).*"
            + "|_?(Host)?(Send|Recv)|_ScopedAllocator.*|.*Mesh.*|Relayout.*|RemoteCall|WorkerHeartbeat"
            + "|_XlaSendFromHost.*|_XlaRecvAtHost.*|GlobalIterId|StoreMinibatchStatisticsInFdo");
    family("XLA's own ops", "_?(Xla|Risc).*");
    family("Boosted trees", ".*BoostedTrees.*");
    family(
        "Summaries and checkpoints",
        ".*(Summary|Save|Restore|Checkpoint|Sharded|SessionHandle|SessionTensor).*|ImportEvent"
            + "|LoadAndRemapMatrix|GenerateVocabRemapping|MergeV2Checkpoints|.*Numerics.*|Debug.*"
            + "|DumpTensor|Copy(Host)?|CalibrationStatisticsSaver|CustomAggregator");
    family(
        "8-bit ops that only oneDNN and quantisation tools make",
        "_?(Fused)?Quantized.*|UniformQuant.*|Uniform(De|Re)quant.*|Requantiz.*PerChannel");
    family(
        "Ops of TensorFlow's own tests",
        "[A-Z]|Attr.*|N?(In|Out|Polymorphic|Ints|Refs|TwoRefs).*|(Foo|Unary|Binary|Simple|None|Old"
            + "|Restrict|TypeList|ListInput|ListOutput|Kernel|Reserved|Mixed|Complex|Int|Float|Two|Five"
            + "|Test|Namespace|Func(Attr|List)|Construction|Default|DtypeWith|OpWith|RefIn|RefOut|Stub"
            + "|Requires|Sleep|Resource(Create|Initialized|Using)|Int64Output|StringListAttr|CopyOp"
            + "|GraphDefVersion|DevicePlacement|IsResourceHandle|TestAttr|N|OutT|ListOut).*");
  }

  private OpFamilies() {}

  private static void family(String title, String pattern) {
    FAMILIES.put(title, Pattern.compile(pattern));
  }

  /** Ops without a lowering by family; the last one is what might be lowered and is not. */
  static Map<String, Set<String>> of(Set<String> lowered) {
    Map<String, Set<String>> byFamily = new LinkedHashMap<>();
    FAMILIES.keySet().forEach(f -> byFamily.put(f, new TreeSet<>()));
    byFamily.put("Strings, files and records: they run on the host", new TreeSet<>());
    byFamily.put("No lowering", new TreeSet<>());
    for (String op : Schemas.tfOps()) {
      if (!lowered.contains(op)) {
        byFamily.get(family(op)).add(op);
      }
    }
    return byFamily;
  }

  private static String family(String op) {
    for (Map.Entry<String, Pattern> f : FAMILIES.entrySet()) {
      if (f.getValue().matcher(op).matches()) {
        return f.getKey();
      }
    }
    OpSchema schema = Schemas.tf(op).orElseThrow();
    boolean strings =
        Stream.concat(schema.inputs().stream(), schema.outputs().stream())
            .map(Formal::type)
            .anyMatch(t -> t.equals("string"));
    boolean host = HostOps.isHostOnly(op);
    return strings || host ? "Strings, files and records: they run on the host" : "No lowering";
  }
}
