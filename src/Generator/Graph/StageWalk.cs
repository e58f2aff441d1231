using NoiseGen.Generator.Model;

namespace NoiseGen.Generator.Graph;

/// <summary>
/// Walks through a declaration's stages, with the stages of blocks in their place, and turns them into nodes in execution order.
/// </summary>
internal sealed class StageWalk
{
    private readonly NetworkDeclaration _declaration;
    private readonly ProblemList _problems;
    private readonly ShapeInference _shapes;
    private readonly NoisePolicy _noise;
    private readonly QuantizationPolicy _quantization;
    private readonly DevicePolicy _devices;
    private readonly List<StageNode> _nodes = [];
    private readonly List<NoiseSiteNode> _sites = [];
    private readonly HashSet<string> _codeNames = new(StringComparer.OrdinalIgnoreCase);
    private ImageShape _input;

    public StageWalk(NetworkDeclaration declaration, ProblemList problems)
    {
        (_declaration, _problems, _shapes) = (declaration, problems, new ShapeInference(problems));
        _noise = NoisePolicy.Of(declaration, Sites(declaration.Stages), problems);
        _quantization = QuantizationPolicy.Of(declaration, Inherits(declaration.Stages), problems);
        _devices = DevicePolicy.Of(declaration, problems);
    }

    public NetworkGraph? Run()
    {
        if (_shapes.Input(_declaration) is not { } input) return null;
        _input = input;
        if (_noise.Input is { } kind)
            _sites.Add(new NoiseSiteNode(nameof(NoiseGen.Sites.Input), Place.Network, NoiseGen.Sites.Input, input, kind));
        if (!Walk(StageScope.Network(), _declaration.Stages)) return null;

        StageNode last = _nodes[_nodes.Count - 1];
        if (last.Output is not { Height: 1, Width: 1 })
            _problems.Add(
                DiagnosticIds.NoLogits, Place.Name(_declaration.Stages.Count - 1), _declaration.Class.Name, last.Output, last.Path);
        MemberNode[] members =
        [
            .. _declaration.Stages.Select(stage => new MemberNode(stage.Identifier, stage.Modifiers, stage.Block?.Code, stage.IsTyped)),
        ];
        return new NetworkGraph(_declaration.Class, input, new([.. _nodes]), new([.. _sites]), new(members),
            _declaration.Attributes.OfKind<AttributeDeclaration.Network>().Single().Item1.Winograd);
    }

    // The sites of a class's stages, including blocks.
    private static Sites Sites(EquatableArray<StageDeclaration> stages)
    {
        Sites sites = NoiseGen.Sites.None;
        foreach (StageDeclaration stage in stages)
        {
            if (stage.Block is { } block)
            {
                sites |= Sites(block.Stages);
                continue;
            }

            StageOperations operations = StageOperations.Of(stage, StageScope.Network(), 0, new ProblemList());
            sites |= operations.Sites;
            if (operations.IsResidual) sites |= NoiseGen.Sites.Linear | NoiseGen.Sites.Norm;
        }

        return sites;
    }

    // Whether some stage with weights uses the network's quantization policy.
    private static bool Inherits(EquatableArray<StageDeclaration> stages) =>
        stages.Any(stage => !QuantizationPolicy.Decide(stage.Attributes)
        && (stage.Block is { } block
            ? !QuantizationPolicy.Decide(block.Attributes) && Inherits(block.Stages)
            : stage.Attributes.Any(
                attribute => attribute is AttributeDeclaration.Conv2d or AttributeDeclaration.Dense or AttributeDeclaration.Residual)));

    // Stops at the first stage that does not fit: errors in later stages would only be its consequences.
    private bool Walk(StageScope scope, EquatableArray<StageDeclaration> stages)
    {
        int source = scope.Input;
        scope.Declared.UnionWith(stages.Select(stage => stage.Name));
        for (int i = 0; i < stages.Count; i++)
        {
            if ((stages[i].Block is { } block ? Repeat(scope, stages[i], block, i, source) : Stage(
                scope, stages[i], i, source)) is not { } output)
            {
                if (!scope.IsBlock) CheckAttributes(scope, stages, i + 1);
                return false;
            }

            scope.Names[stages[i].Name] = source = output;
        }

        return stages.Count > 0;
    }

    // Mistakes that can be found without shapes are all reported together.
    private void CheckAttributes(StageScope scope, EquatableArray<StageDeclaration> stages, int first)
    {
        for (int i = first; i < stages.Count; i++)
        {
            if (stages[i].Block is not null) continue;
            StageOperations stage = StageOperations.Of(stages[i], scope, i, _problems);
            _quantization.OfStage(stage, stages[i].Attributes);
            _noise.OfStage(stage, stages[i].Attributes);
            _devices.OfStage(stage, stages[i].Attributes);
        }
    }

    private StageOutput OutputOf(int index) =>
        index < 0 ? new StageOutput(index, "the input", _input) : new StageOutput(index, $"'{_nodes[index].Path}'", _nodes[index].Output);

    private int? Repeat(StageScope scope, StageDeclaration stage, BlockDeclaration block, int index, int source)
    {
        (AttributeDeclaration.Repeat repeat, int attribute) = stage.Attributes.OfKind<AttributeDeclaration.Repeat>().First();
        Place place = scope.At(index, attribute, null);
        string path = scope.Prefix + stage.Name;
        AttributeChecks checks = new(new StageOperations(scope, index, path), attribute, _problems);
        int count = checks.Positive(repeat.Count, nameof(repeat.Count)), stride = checks.Positive(repeat.Stride, nameof(repeat.Stride));
        int? given = repeat.Channels is { } written ? checks.Positive(written, nameof(repeat.Channels)) : null;
        (AttributeDeclaration.From? from, int fromAttribute) = stage.Attributes.OfKind<AttributeDeclaration.From>().FirstOrDefault();
        int? input = from is null ? source : Named(scope, path, from.Stage, scope.At(index, fromAttribute, null));
        if (_problems.Count > 0 || input is not { } current) return null;
        for (int i = 0; i < count; i++)
        {
            int channels = given ?? OutputOf(current).Shape.Channels;
            StageScope inner = new(
                $"{path}[{i}].", place, current, channels, i == 0 ? stride : 1, [stage.Attributes, block.Attributes, .. scope.Policies]);
            if (!Walk(inner, block.Stages)) return null;
            current = _nodes.Count - 1;
        }

        return current;
    }

    // The stage with this name; without a name, the input of the network or block.
    private int? Named(StageScope scope, string path, string? name, Place place)
    {
        if (name is null) return scope.Input;
        if (scope.Names.TryGetValue(name, out int index)) return index;
        string known = scope.Names.Count == 0 ? "none" : string.Join(", ", scope.Names.Keys);
        _problems.Add(DiagnosticIds.UnknownStage, place, path, name, known);
        return null;
    }

    private int? Stage(StageScope scope, StageDeclaration declaration, int index, int source)
    {
        int before = _problems.Count;
        StageOperations stage = StageOperations.Of(declaration, scope, index, _problems);
        int? from = stage.From is { } read ? Named(scope, stage.Name, read.Stage, scope.At(index, stage.FromAttribute, null)) : source;
        int? other = stage.IsResidual ? scope.Input
            : stage.Merge is { } merge ? Named(scope, stage.Name, merge.Stage, scope.At(index, stage.MergeAttribute, null))
            : source;
        var policies = new StagePolicies(
            _quantization.OfStage(stage, declaration.Attributes), _noise.OfStage(stage, declaration.Attributes),
            _devices.OfStage(stage, declaration.Attributes));
        if (_nodes.Count >= NetworkDeclaration.MostStages)
            _problems.Add(
                DiagnosticIds.TooLarge, scope.At(index, -1, null), $"Network '{_declaration.Class.Name}'",
                $"{NetworkDeclaration.MostStages} stages and more", NetworkDeclaration.MostStages);
        if (_problems.Count > before || from is not { } input || other is not { } second) return null;
        return Add(stage, input, second, policies);
    }

    private int? Add(StageOperations stage, int source, int second, StagePolicies policies)
    {
        StageOutput input = OutputOf(source), other = OutputOf(second);
        stage = stage.On(input.Shape);
        if (_shapes.Linear(stage, input) is not { } linear) return null;
        if (stage.IsResidual && linear != other.Shape)
        {
            if (_shapes.ProjectionStrides(stage, linear, other) is not { } strides) return null;
            string name = ProjectionName(stage.Scope);
            StageOperations projection = StageOperations.Projection(stage, name, linear.Channels, strides.Height, strides.Width);
            if (Add(projection, second, second, policies) is not { } projected) return null;
            other = OutputOf(projected);
        }

        ImageShape merged = linear;
        if (stage.IsMerged)
        {
            if (_shapes.Merge(stage, linear, other) is not { } result) return null;
            merged = result;
        }

        PoolNode? pool = ShapeInference.PoolOf(stage, merged);
        string own = stage.Linear is null ? input.Name : "its linear operation";
        if (_shapes.Pool(stage, pool, new StageOutput(-1, own, merged)) is not { } output) return null;
        MergeNode? merge = stage.IsMerged ? new MergeNode(stage.Merge is not { IsSum: false }, other.Index) : null;
        ActivationQuantizerNode? quantizer = QuantizationPolicy.Activations(policies.Quantize, stage);
        int Site(Sites site, ImageShape shape) => AddSite(stage, site, shape, quantizer, policies.Noise);
        _nodes.Add(new StageNode(
            stage.Name, source, input.Shape, linear, merged, output, stage.Linear, stage.Norm, merge, stage.Activation, pool,
            stage.DropoutRate,
            QuantizationPolicy.Weights(policies.Quantize, stage), quantizer, DevicePolicy.Of(policies.Device, stage),
            LinearNoise: Site(NoiseGen.Sites.Linear, linear),
            NormNoise: Site(NoiseGen.Sites.Norm, linear),
            SumNoise: Site(NoiseGen.Sites.Sum, merged),
            ActivationNoise: Site(NoiseGen.Sites.Activation, merged),
            PoolNoise: Site(NoiseGen.Sites.Pool, output)));

        // A stage of the network can have the name that a stage of a block has in code.
        if (!_codeNames.Add(_nodes[_nodes.Count - 1].CodeName))
            _problems.Add(
                DiagnosticIds.NameTaken, stage.Scope.At(stage.Index, -1, null), "Stage", stage.Name,
                "a stage of a block has in generated code");
        return _nodes.Count - 1;
    }

    /// <summary>What the nearest policies say of one stage.</summary>
    private sealed record StagePolicies(
        AttributeDeclaration.Quantize? Quantize, Func<Sites, NoiseKind?> Noise, AttributeDeclaration.Device? Device);

    private string ProjectionName(StageScope scope)
    {
        const string Name = "Projection";
        return scope.Prefix + Enumerable.Range(1, int.MaxValue).Select(i => i == 1 ? Name : $"{Name}{i}")
            .First(one => !scope.Declared.Contains(one) && _nodes.All(node => node.Path != scope.Prefix + one));
    }

    // A projection has the noise policies of the stage that it belongs to.
    private int AddSite(
        StageOperations stage, Sites site, ImageShape shape, ActivationQuantizerNode? quantizer, Func<Sites, NoiseKind?> noise)
    {
        if (!stage.Sites.HasFlag(site) || noise(site) is not { } kind) return -1;
        if (kind.Unit == SigmaUnit.QuantizerStep && quantizer is null)
        {
            _problems.Add(
                DiagnosticIds.NoiseUnit, stage.Scope.At(stage.Index, -1, null), $"Stage '{stage.Name}'", "quantizer steps",
                "its activation is not quantized", NoisePolicy.StepsAllowed);
        }

        _sites.Add(new NoiseSiteNode($"{stage.Name}.{site}", _nodes.Count, site, shape, kind));
        return _sites.Count - 1;
    }
}
