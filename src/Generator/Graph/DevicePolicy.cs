using NoiseGen.Generator.Model;

namespace NoiseGen.Generator.Graph;

/// <summary>
/// Which memory cells hold whose weights. The nearest policy wins as a whole: the stage's, that of what uses its block, the block's,
/// the network's.
/// </summary>
internal sealed class DevicePolicy
{
    private readonly AttributeDeclaration.Device? _network;
    private readonly ProblemList _problems;

    private DevicePolicy(AttributeDeclaration.Device? network, ProblemList problems) => (_network, _problems) = (network, problems);

    public static DevicePolicy Of(NetworkDeclaration declaration, ProblemList problems)
    {
        (AttributeDeclaration.Device? network, int index) = Find<AttributeDeclaration.Device>(declaration.Attributes);
        var policy = new DevicePolicy(network, problems);
        if (network is not null)
            policy.Check(network, argument => new(Place.Network, index, argument), $"Network '{declaration.Class.Name}'");
        return policy;
    }

    /// <summary>The cells of a stage; null without a linear operation, and for digital weights.</summary>
    /// <param name="policy">The stage's policy.</param>
    public static DeviceNode? Of(AttributeDeclaration.Device? policy, StageOperations stage) =>
        policy is not null && stage.Linear is { } linear
            ? new(policy.Code, policy.Name, QuantizationPolicy.PerChannel(policy.Mapping, linear), policy.Compensation)
            : null;

    /// <summary>The policy of a stage; null for digital weights.</summary>
    /// <param name="attributes">The stage's attributes.</param>
    public AttributeDeclaration.Device? OfStage(StageOperations stage, EquatableArray<AttributeDeclaration> attributes)
    {
        StageScope scope = stage.Scope;
        (AttributeDeclaration.Device? own, int index) = Find<AttributeDeclaration.Device>(attributes);
        (AttributeDeclaration.Digital? digital, int other) = Find<AttributeDeclaration.Digital>(attributes);
        if (own is not null)
        {
            Check(own, argument => scope.At(stage.Index, index, argument), $"Stage '{stage.Name}'");
            if (stage.Linear is null)
                _problems.Add(DiagnosticIds.NothingToProgram, scope.At(stage.Index, index, null), stage.Name);
        }

        if (own is not null && digital is not null)
            _problems.Add(DiagnosticIds.DeviceAndDigital, scope.At(stage.Index, other, null), $"Stage '{stage.Name}'");
        if (own is not null || digital is not null) return own;
        foreach (EquatableArray<AttributeDeclaration> policies in scope.Policies)
        {
            AttributeDeclaration.Device? inherited = Find<AttributeDeclaration.Device>(policies).Attribute;
            bool isDigital = Find<AttributeDeclaration.Digital>(policies).Attribute is not null;
            string block = $"The block of stage '{stage.Name}'";
            if (inherited is not null) Check(inherited, _ => scope.Use!.Value, block);
            if (inherited is not null && isDigital) _problems.Add(DiagnosticIds.DeviceAndDigital, scope.Use!.Value, block);
            if (inherited is not null || isDigital) return inherited;
        }

        return _network;
    }

    private static (T? Attribute, int Index) Find<T>(EquatableArray<AttributeDeclaration> attributes)
        where T : AttributeDeclaration => attributes.OfKind<T>().FirstOrDefault();

    private void Check(AttributeDeclaration.Device device, Func<string, Place> place, string owner)
    {
        void Option<TOption>(TOption value, string argument)
            where TOption : struct, Enum
        {
            if (Enum.IsDefined(typeof(TOption), value)) return;
            string allowed = string.Join(", ", Enum.GetNames(typeof(TOption)));
            _problems.Add(DiagnosticIds.UnknownDeviceOption, place(argument), owner, argument, value, allowed);
        }

        Option(device.Mapping, nameof(DeviceAttribute<>.Mapping));
        Option(device.Compensation, nameof(DeviceAttribute<>.Compensation));
    }
}
