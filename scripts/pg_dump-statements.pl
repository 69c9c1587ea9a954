# Prints the statements of PostgreSQL's own tests of pg_dump (src/bin/pg_dump/t/002_pg_dump.pl), in the order in which the test
# runs them. See acceptance-regression.
use strict;
use warnings;

local $/;
open(my $file, '<', $ARGV[0]) or die "$ARGV[0]: $!";
my $text = <$file>;
# From the first table of what the tests expect to the code that runs them.
my $begin = index($text, 'my %full_runs =');
my $end = index($text, "\n#####", index($text, 'my %tests ='));
die "$ARGV[0] is not written as expected\n" if $begin < 0 || $end < 0;

my ($tempdir, $supports_icu) = ('/tmp', 0);
my $tests = eval 'no strict; ' . substr($text, $begin, $end - $begin) . '; \%tests';
die $@ if $@;
my $order = sub { $tests->{$_[0]}{create_order} // 1e9 };
foreach my $name (sort { $order->($a) <=> $order->($b) || $a cmp $b } keys %$tests) {
  my $test = $tests->{$name};
  next if !$test->{create_sql} || $test->{icu} || ($test->{database} // 'postgres') ne 'postgres';
  (my $statement = $test->{create_sql}) =~ s/;?\s*\z/;/;
  print "$statement\n";
}
