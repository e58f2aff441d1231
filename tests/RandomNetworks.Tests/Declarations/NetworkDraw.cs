namespace NoiseGen.Tests.RandomNetworks.Declarations;

/// <summary>Draws a declaration that is valid by construction: every stage is drawn to fit the shape that it receives.</summary>
internal sealed class NetworkDraw
{
    // A large network among so many usual ones.
    private const int LargeEvery = 20;

    // Apart from those of the networks.
    private const int ThresholdSeeds = 100_000_000, DeviceSeeds = 200_000_000;

    private readonly Random _random;
    private readonly DrawSize _size;
    private readonly StageDraw _stages;
    private readonly PolicyDraw _policies;
    private readonly List<BlockModel> _blocks = [];
    private readonly List<MemberModel> _members = [];
    private readonly Dictionary<string, Shape> _named = [];

    private NetworkDraw(int seed, Feature features)
    {
        _random = new(seed);
        _size = seed % LargeEvery == 0 ? DrawSize.Large : DrawSize.Usual;
        _stages = new(_random, features, _size);
        _policies = new(_random, new Random(seed + DeviceSeeds));
    }

    public static NetworkModel Draw(int seed, Feature features) =>
        new NetworkDraw(seed, features).Network($"Random{seed}") with
        {
            Thresholds = ThresholdDraw.Draw(new Random(seed + ThresholdSeeds)),
            BitsSeed = seed % 2 == 0 ? null : seed,
        };

    private NetworkModel Network(string name)
    {
        Shape input = Input();
        _named.Add(StageModel.Input, input);
        Policy policy = _policies.OfNetwork();
        Shape current = input;
        int members = _random.Next(_size.Members + 1);
        for (int i = 0; i < members; i++)
            current = Add(_stages.Has(Feature.Blocks) && _stages.Chance(0.25) ? Repeat(current) : Stage(current), current);

        _members.Add(new StageModel("Logits", _policies.OfMember(), Linear: _stages.Dense(_random.Next(2, 10))));
        var network = new NetworkModel(name, input, policy, [.. _members], [.. _blocks], _random.Next(1, _size.Batch + 1));
        if (network.HasNorms) network = network with { Batch = Math.Clamp(network.Batch, network.FewestImages, _size.NormedBatch) };
        return network.Tidy();
    }

    private Shape Input()
    {
        if (_stages.Chance(0.15)) return new(_random.Next(1, 40));
        int height = _random.Next(1, _size.Side + 1);
        int width = _stages.Chance(0.5) ? height : _random.Next(1, _size.Side + 1);
        return new(_random.Next(1, Math.Clamp(_size.Elements / (height * width), 1, _size.InputChannels) + 1), height, width);
    }

    private Shape Add(MemberModel member, Shape input)
    {
        Shape output = member is RepeatModel repeat
            ? Shapes.Repeat(repeat, _blocks.Single(block => block.Name == repeat.Block), input)!.Value
            : Shapes.Stage((StageModel)member, input, _named, null)!.Value;
        _members.Add(member);
        _named.Add(member.Name, output);
        return output;
    }

    private StageModel Stage(Shape current)
    {
        string? from = _stages.Has(Feature.From) && _named.Count > 1 && _stages.Chance(0.15) ? Any(_named.Keys) : null;
        Shape input = from is null ? current : _named[from];
        StageModel stage = new($"Stage{_members.Count + 1}", _policies.OfMember(), from, _stages.Linear(input), _stages.Norm());
        if (Shapes.Stage(stage, current, _named, null) is not { } shape || shape.Count > _size.Elements)
        {
            stage = stage with { Linear = null };
            shape = input;
        }

        if (_stages.Chance(0.35)) stage = stage with { Merge = Merge(shape) };
        if (stage.Merge is not null) shape = Shapes.Stage(stage, current, _named, null)!.Value;
        if (_stages.Chance(0.65)) stage = stage with { Activation = _stages.Activation() };
        if (_stages.Chance(0.3) || stage.Sites == Sites.None) stage = stage with { Pool = _stages.Pool(shape) };
        return stage with { DropoutRate = _stages.DropoutRate() };
    }

    // An earlier output of the right shape, if there is one.
    private MergeModel? Merge(Shape shape)
    {
        string[] equal = [.. _named.Keys.Where(name => _stages.Has(Feature.Add) && _named[name] == shape)];
        if (equal.Length > 0 && _stages.Chance(0.6)) return new(MergeType.Add, Any(equal));

        string[] sameMap =
            [.. _named.Keys.Where(name => _stages.Has(Feature.Concat) && (_named[name] with { Channels = shape.Channels }) == shape)];
        return sameMap.Length > 0 ? new(MergeType.Concat, Any(sameMap)) : null;
    }

    private RepeatModel Repeat(Shape input)
    {
        bool residual = _stages.Chance(0.65);
        BlockModel block = residual ? ResidualBlock($"Block{_blocks.Count + 1}") : DenseBlock($"Block{_blocks.Count + 1}");
        _blocks.Add(block);
        int stride = residual && _stages.Chance(0.4) ? 2 : 1;
        int channels = _stages.Chance(0.4) ? Math.Min(input.Channels, _size.Channels + 2) : _random.Next(1, _size.Channels + 1);
        return new($"Layer{_members.Count + 1}", _policies.OfMember(), block.Name, _random.Next(1, 4), channels, stride);
    }

    // As in a ResNet: convolutions, the first of them with the block's stride, and the block's input added to the last.
    // Those before the last may be narrower or wider.
    private BlockModel ResidualBlock(string name)
    {
        int count = _random.Next(1, 4);
        StageModel[] stages = [.. Enumerable.Range(1, count).Select(i => new StageModel(
            $"Conv{i}",
            _policies.OfMember(),
            Linear: _stages.SameSize(i < count ? Channels() : LinearModel.FromBlock, i == 1 ? LinearModel.FromBlock : 1),
            Norm: _stages.Norm(),
            Merge: i == count ? new(MergeType.Add, null) : null,
            Activation: _stages.Chance(0.8) ? _stages.Activation() : null,
            DropoutRate: _stages.DropoutRate()))];
        for (int i = 1; i < count; i++)
        {
            var (before, own) = ((LinearModel.Conv2d)stages[i - 1].Linear!, (LinearModel.Conv2d)stages[i].Linear!);
            if (before.Channels == LinearModel.FromBlock && own.Channels == LinearModel.FromBlock)
                stages[i] = stages[i] with { Linear = own with { Groups = Groups() } };
        }

        return new(name, _policies.OfBlock(), [.. stages]);
    }

    private int Channels() => !_stages.Has(Feature.Arithmetic) || _stages.Chance(0.6)
        ? LinearModel.FromBlock : _stages.Chance(0.5) ? LinearModel.Widened : LinearModel.Narrowed;

    // As in a DenseNet: norm and activation first, and the block's input put before the convolution's output.
    private BlockModel DenseBlock(string name)
    {
        StageModel first = new("Before", _policies.OfMember(), Norm: _stages.Norm(), Activation: _stages.Activation());
        StageModel last =
            new("Grow", _policies.OfMember(), Linear: _stages.SameSize(LinearModel.FromBlock, 1), Merge: new(MergeType.Concat, null));
        return new(name, _policies.OfBlock(), [first, last]);
    }

    private int Groups() => _stages.Has(Feature.Groups) && _stages.Chance(0.3) ? LinearModel.FromBlock : 1;

    private string Any(IEnumerable<string> names)
    {
        string[] all = [.. names];
        return all[_random.Next(all.Length)];
    }
}
